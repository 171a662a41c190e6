using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Sync;
using FsCheck;
using FsCheck.Fluent;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync.Plan;

/// <summary>A small world to which plans are applied: what is desired, what Flex has, what the table says.</summary>
internal sealed record ModelWorld(IReadOnlyList<DesiredContact> Desired, IReadOnlyList<FlexContact> Contacts, IReadOnlyList<CrewRow> Rows, bool Prune)
{
    /// <summary>Technicians 1 to 6; 5 and 6 share the resource of 1 and 2. Rows may be of anybody, and map anything.</summary>
    public static Gen<ModelWorld> Any(bool resourcesAlwaysTold) =>
        from technicians in Gen.SubListOf(Enumerable.Range(1, 6))
        from contacts in Gen.ListOf(AnyContact(resourcesAlwaysTold))
        from rows in Gen.ListOf(AnyRow)
        from prune in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        select new ModelWorld(
            [.. technicians.GroupBy(ResourceOf).Select(sharing => Make.Desired(sharing.Key, [.. sharing]))],
            [.. contacts.Take(8).Select((contact, index) => contact with { LineItemId = $"L{index}" })],
            [.. rows.Take(8).Select((row, index) => row with { Id = Row(1, null, 100 + index).Id })],
            prune);

    public IEnumerable<ModelWorld> Smaller() =>
    [
        .. Desired.WithoutOne().Select(fewer => this with { Desired = fewer }),
        .. Contacts.WithoutOne().Select(fewer => this with { Contacts = fewer }),
        .. Rows.WithoutOne().Select(fewer => this with { Rows = fewer }),
    ];

    /// <summary>A whole sync, as the flow would do it when nothing fails.</summary>
    public ModelWorld Synced() => Pruned().WithoutStaleRows().Diffed();

    /// <summary>A whole sync where another crew call is linked to the same element.</summary>
    public ModelWorld SyncedBeside(ModelWorld sibling) => Pruned(sibling).WithoutStaleRows().Diffed(sibling);

    /// <summary>The line items that the rows map.</summary>
    public IReadOnlyList<string> Lines => [.. Rows.Select(row => row.LineItemId).OfType<string>()];

    public ModelWorld Pruned(ModelWorld? sibling = null)
    {
        var gone = PrunePlan.Of(Desired, Contacts, Rows, Prune, sibling?.Lines).Select(planned => planned.Contact.LineItemId).ToHashSet(FlexIds.Comparer);
        return this with
        {
            Contacts = [.. Contacts.Where(contact => !gone.Contains(contact.LineItemId))],
            Rows = [.. Rows.Where(row => row.LineItemId is null || !gone.Contains(row.LineItemId))],
        };
    }

    public ModelWorld WithoutStaleRows() => this with { Rows = [.. Rows.Except(StaleRows.Of(Desired, Contacts, Rows))] };

    public CrewDiff Diff() => CrewDiff.Of(Desired, Rows, Contacts);

    public string? LineOf(Guid technician) => Rows.SingleOrDefault(row => row.TechnicianId == technician)?.LineItemId;

    public override string ToString() =>
        $"""

        desired   {string.Join(", ", Desired.Select(contact => $"{contact.ResourceId}:{string.Join('+', contact.Technicians.Select(technician => Short(technician.TechnicianId)))}"))}{(Prune ? "" : " (no prune)")}
        contacts  {string.Join(", ", Contacts.Select(contact => $"{contact.LineItemId}={contact.ResourceId ?? "?"}"))}
        rows      {string.Join(", ", Rows.Select(row => $"{Short(row.TechnicianId)}->{row.LineItemId ?? "null"}"))}
        """;

    private static string ResourceOf(int technician) => $"r{(technician - 1) % 4 + 1}";

    private static string Short(Guid technician) => technician.ToString()[^2..];

    private static Gen<FlexContact> AnyContact(bool resourcesAlwaysTold) =>
        from resource in Gen.Choose(resourcesAlwaysTold ? 1 : 0, 6)
        from role in Gen.Elements("", "by hand", null)
        select new FlexContact("", resource == 0 ? null : $"r{resource}", role);

    private static Gen<CrewRow> AnyRow =>
        from technician in Gen.Choose(1, 7)
        from line in Gen.Choose(-1, 9)
        select Row(technician, line < 0 ? null : $"l{line}");

    private static string FreeLine(List<FlexContact> contacts) =>
        Enumerable.Range(1, 100).Select(number => $"new-{number}").First(id => contacts.TrueForAll(contact => contact.LineItemId != id));

    private ModelWorld Diffed(ModelWorld? sibling = null)
    {
        var diff = CrewDiff.Of(Desired, Rows, Contacts, shared: sibling is not null);
        var (contacts, rows) = (Contacts.ToList(), Rows.ToList());
        foreach (var addition in diff.Additions)
        {
            if (addition.Existing is null) contacts.Add(new FlexContact(FreeLine(contacts), addition.Contact.ResourceId, ""));
            var line = addition.Existing?.LineItemId ?? contacts[^1].LineItemId;
            foreach (var technician in addition.TechnicianIds)
            {
                var old = rows.FindIndex(row => row.TechnicianId == technician);
                if (old >= 0) rows[old] = rows[old] with { LineItemId = line };
                else rows.Add(new CrewRow(new Guid($"22222222-0000-0000-0000-{rows.Count:D12}"), technician, line));
            }
        }
        foreach (var line in diff.RolesToSet.Select(missing => missing.LineItemId))
            contacts = [.. contacts.Select(contact => contact.LineItemId == line ? contact with { BusinessRole = "set" } : contact)];
        var gone = Leftovers.ContactsToDelete(diff.Removals, Desired, Rows, Contacts).Except(sibling?.Lines ?? [], FlexIds.Comparer).ToList();
        contacts.RemoveAll(contact => gone.Contains(contact.LineItemId, FlexIds.Comparer));
        rows.RemoveAll(row => diff.Removals.Any(removal => removal.Id == row.Id));
        return this with { Contacts = contacts, Rows = rows };
    }
}
