using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;
using FsCheck;
using FsCheck.Fluent;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Planning;

/// <summary>A small world to which plans are applied: what is desired, what Flex has, what the table says and remembers.</summary>
internal sealed record ModelWorld
{
    public required IReadOnlyList<DesiredContact> Desired { get; init; }

    /// <summary>Technicians who are assigned and whose profile has no resource id.</summary>
    public required IReadOnlyList<int> WithoutResource { get; init; }

    public required IReadOnlyList<FlexContact> Contacts { get; init; }

    public required IReadOnlyList<CrewRow> Rows { get; init; }

    /// <summary>Line item → whether FlexCrew placed it.</summary>
    public required IReadOnlyDictionary<string, bool> Placed { get; init; }

    /// <summary>Resources whose add was begun and not seen to end.</summary>
    public required IReadOnlyList<string> Begun { get; init; }

    public required bool Prune { get; init; }

    /// <summary>What a linked crew call maps and desires; null where the element is this crew call's alone.</summary>
    public (IReadOnlyList<string> Lines, IReadOnlyList<string> Resources)? Linked { get; init; }

    /// <summary>Whether the adds of a plan are done before its deletions.</summary>
    public required bool AddsFirst { get; init; }

    /// <summary>The contacts that went when plans were applied.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>Technicians 1 to 6; 5 and 6 share the resource of 1 and 2. Rows may be of anybody, and map anything.</summary>
    public static Gen<ModelWorld> Any(bool resourcesAlwaysTold, bool alone = false) =>
        from technicians in Gen.SubListOf(Enumerable.Range(1, 6))
        from lost in Gen.SubListOf(Enumerable.Range(1, 7))
        from contacts in Gen.ListOf(AnyContact(resourcesAlwaysTold))
        from rows in Gen.ListOf(AnyRow)
        from origins in Gen.ListOf(Gen.Elements(true, false, (bool?)null), 8)
        from begun in Gen.SubListOf(Resources)
        from linkedLines in Gen.SubListOf(Lines)
        from linkedResources in Gen.SubListOf(Resources)
        from isShared in alone ? Gen.Constant(false) : Gen.Elements(true, false)
        from prune in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        from addsFirst in Gen.Elements(true, false)
        select new ModelWorld
        {
            Desired = [.. technicians.GroupBy(ResourceOf).Select(sharing => Make.Desired(sharing.Key, [.. sharing]))],
            WithoutResource = [.. lost.Except(technicians).Where(technician => technician % 2 == 1)],
            Contacts = [.. contacts.Take(8).Select((contact, index) => contact with { LineItemId = $"L{index}" })],
            Rows = [.. rows.Take(8).Select((row, index) => row with { Id = Row(1, null, 100 + index).Id })],
            Placed = Lines.Zip(origins).Where(pair => pair.Second is not null)
                .ToDictionary(pair => pair.First, pair => pair.Second!.Value, FlexIds.Comparer),
            Begun = [.. begun.Where(resource => resource != "r1")],
            Linked = isShared ? ([.. linkedLines], [.. linkedResources]) : null,
            Prune = prune,
            AddsFirst = addsFirst,
        };

    public IEnumerable<ModelWorld> Smaller() =>
    [
        .. Desired.WithoutOne().Select(fewer => this with { Desired = fewer }),
        .. WithoutResource.WithoutOne().Select(fewer => this with { WithoutResource = fewer }),
        .. Contacts.WithoutOne().Select(fewer => this with { Contacts = fewer }),
        .. Rows.WithoutOne().Select(fewer => this with { Rows = fewer }),
        .. Begun.WithoutOne().Select(fewer => this with { Begun = fewer }),
    ];

    public CrewPlan Plan(bool rowsAreNewer = false, PersonCommand? command = null) => CrewPlan.Of(
        new CrewWorld
        {
            Person = command is null ? null : new PersonRow(command.TechnicianId, ResourceOf(command.TechnicianId), null),
            Department = "sound",
            Desired = new DesiredCrew(Desired, [.. WithoutResource.Select(Tech)], []),
            Rows = Rows,
            Contacts = Contacts,
            RowsAreNewer = rowsAreNewer,
            Placed = Placed,
            BegunResources = Begun,
            RoleIds = new Dictionary<string, string> { ["tecnico"] = "role-t" },
        },
        Linked is var (lines, resources)
            ? new SharedElement(lines, [new DesiredCrew([.. resources.Select(resource => Make.Desired(resource, 90))], [], [])])
            : new SoleOwner(),
        new PlanOptions(Prune, command));

    /// <summary>A whole sync, as the flow does it when nothing fails.</summary>
    public ModelWorld Synced()
    {
        var plan = Plan();
        if (plan.StaleRows.Count == 0) return Applied(plan);
        var fresh = WithoutRows(plan.StaleRows.Select(deletion => deletion.Row));
        return fresh.Applied(fresh.Plan(rowsAreNewer: true));
    }

    /// <summary>A whole command, as the flow does it when nothing fails.</summary>
    public ModelWorld Commanded(PersonCommand command)
    {
        var plan = Plan(command: command);
        if (plan.StaleRows.Count == 0) return Applied(plan);
        var fresh = WithoutRows(plan.StaleRows.Select(deletion => deletion.Row));
        return fresh.Applied(fresh.Plan(rowsAreNewer: true, command));
    }

    /// <summary>The resource of a technician's profile.</summary>
    public static string ResourceOf(Guid technician) =>
        ResourceOf(int.Parse(Short(technician), System.Globalization.CultureInfo.InvariantCulture));

    public string? LineOf(Guid technician) => Rows.SingleOrDefault(row => row.TechnicianId == technician)?.LineItemId;

    public FlexContact? OfLine(string? line) => Contacts.FirstOrDefault(contact => FlexIds.Same(contact.LineItemId, line));

    /// <summary>Whether a contact is there that neither this crew call placed nor maps.</summary>
    public bool IsForeign(FlexContact contact) => Placed.TryGetValue(contact.LineItemId, out var placed)
        ? !placed
        : !Rows.Any(row => FlexIds.Same(row.LineItemId, contact.LineItemId))
            && !(Begun.Contains(contact.ResourceId) && Contacts.Count(same => same.ResourceId == contact.ResourceId) == 1);

    public override string ToString() =>
        $"""

        desired   {string.Join(", ", Desired.Select(contact => $"{contact.ResourceId}:{string.Join('+', contact.Technicians.Select(technician => Short(technician.TechnicianId)))}"))}{(Prune ? "" : " (no prune)")}{(AddsFirst ? " (adds first)" : "")}
        without   {string.Join(", ", WithoutResource)}
        contacts  {string.Join(", ", Contacts.Select(contact => $"{contact.LineItemId}={contact.ResourceId ?? "?"}{(Placed.TryGetValue(contact.LineItemId, out var placed) ? placed ? " placed" : " adopted" : "")}"))}
        rows      {string.Join(", ", Rows.Select(row => $"{Short(row.TechnicianId)}->{row.LineItemId ?? "null"}"))}
        begun     {string.Join(", ", Begun)}
        linked    {(Linked is var (lines, resources) ? $"{string.Join(", ", lines)} / {string.Join(", ", resources)}" : "none")}
        """;

    private static IEnumerable<string> Resources => Enumerable.Range(1, 6).Select(number => $"r{number}");

    private static IEnumerable<string> Lines => Enumerable.Range(0, 8).Select(number => $"L{number}");

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

    private ModelWorld Applied(CrewPlan plan)
    {
        var world = AddsFirst ? WithAdded(plan).WithoutContacts(plan.Deletions) : WithoutContacts(plan.Deletions).WithAdded(plan);
        return world.WithoutContacts(plan.Replaced).WithoutRows(plan.LeftoverRows.Select(deletion => deletion.Row));
    }

    // A row that has changed since it was read stays. What a row maps that goes is remembered as placed.
    private ModelWorld WithoutRows(IEnumerable<CrewRow> rows) => this with
    {
        Rows = [.. Rows.Except(rows)],
        Placed = Remember(rows.Select(row => row.LineItemId).OfType<string>().Select(line => (line, true))),
    };

    private ModelWorld WithoutContacts(IReadOnlyList<ContactDeletion> deletions)
    {
        var lines = deletions.Select(deletion => deletion.LineItemId).ToHashSet(FlexIds.Comparer);
        return WithoutRows(deletions.SelectMany(deletion => deletion.Rows)) with
        {
            Contacts = [.. Contacts.Where(contact => !lines.Contains(contact.LineItemId))],
            Begun = [.. Begun.Except(deletions.Select(deletion => deletion.ResourceId).OfType<string>())],
            Gone = [.. Gone, .. lines],
        };
    }

    private ModelWorld WithAdded(CrewPlan plan)
    {
        var (contacts, rows) = (Contacts.ToList(), Rows.ToList());
        var remembered = new List<(string Line, bool Placed)>();
        foreach (var addition in plan.Additions)
        {
            if (addition.Existing is null) contacts.Add(new FlexContact($"new-{addition.ResourceId}", addition.ResourceId, ""));
            var line = addition.Existing?.LineItemId ?? contacts[^1].LineItemId;
            remembered.Add((line, addition.Existing is null or { IsPlaced: true }
                || addition.Technicians.Any(technician => FlexIds.Same(technician.LineItemId, line))));
            remembered.AddRange(
                addition.Technicians.Select(technician => technician.LineItemId).OfType<string>().Select(old => (old, true)));
            if (addition.Role is not null) SetRole(line);
            foreach (var technician in addition.Technicians)
            {
                var old = rows.FindIndex(row => row.TechnicianId == technician.TechnicianId);
                if (old >= 0) rows[old] = rows[old] with { LineItemId = line };
                else rows.Add(new CrewRow(new Guid($"22222222-0000-0000-0000-{rows.Count:D12}"), technician.TechnicianId, line));
            }
        }

        foreach (var role in plan.Roles) SetRole(role.LineItemId!);
        return this with
        {
            Contacts = contacts,
            Rows = rows,
            Placed = Remember(remembered),
            Begun = [.. Begun.Except(plan.Additions.Select(addition => addition.ResourceId))],
        };

        void SetRole(string line) => contacts =
            [.. contacts.Select(
                contact => contact.LineItemId == line && contact.BusinessRole is "" ? contact with { BusinessRole = "set" } : contact)];
    }

    private Dictionary<string, bool> Remember(IEnumerable<(string Line, bool Placed)> more)
    {
        var remembered = new Dictionary<string, bool>(Placed, FlexIds.Comparer);
        foreach (var (line, placed) in more) remembered.TryAdd(line, placed);
        return remembered;
    }
}
