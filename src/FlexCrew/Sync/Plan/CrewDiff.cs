using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>The difference between the desired crew and what the table and Flex hold. Pure.</summary>
/// <param name="Additions">Contacts to add or adopt.</param>
/// <param name="Removals">Rows that nobody desires.</param>
/// <param name="Kept">Technicians who are right already.</param>
/// <param name="RolesToSet">Contacts of kept technicians that have no business role.</param>
public sealed record CrewDiff(
    IReadOnlyList<Addition> Additions,
    IReadOnlyList<CrewRow> Removals,
    IReadOnlyList<Guid> Kept,
    IReadOnlyList<MissingRole> RolesToSet)
{
    /// <summary>
    /// Compares. A row whose line item the listing does not show was written after the listing (stale rows are gone
    /// by now): it is believed, since adding its technician would make a second contact.
    /// </summary>
    /// <param name="desired">The desired contacts.</param>
    /// <param name="rows">The rows of the crew call.</param>
    /// <param name="contacts">What Flex lists after pruning, oldest first.</param>
    /// <param name="shared">
    /// Whether the element has siblings: then everybody is mapped to the oldest contact of their resource, as
    /// <see cref="PrunePlan"/> has it.
    /// </param>
    /// <param name="undeleted">
    /// Line items that were to go from a shared element and did not: their rows stay as they are, since the next sync prunes
    /// only what a row maps.
    /// </param>
    public static CrewDiff Of(
        IReadOnlyList<DesiredContact> desired,
        IReadOnlyList<CrewRow> rows,
        IReadOnlyList<FlexContact> contacts,
        bool shared = false,
        IReadOnlyCollection<string>? undeleted = null)
    {
        var rowOf = rows.GroupBy(row => row.TechnicianId).ToDictionary(own => own.Key, own => own.First());
        var contactOf = contacts
            .Where(contact => contact.ResourceId is not null)
            .GroupBy(contact => contact.ResourceId!, FlexIds.Comparer)
            .ToDictionary(same => same.Key, same => (shared ? null : Mapped(same, rows)) ?? same.First(), FlexIds.Comparer);
        var lines = contacts.ToDictionary(contact => contact.LineItemId, FlexIds.Comparer);
        var stuck = (undeleted ?? []).ToHashSet(FlexIds.Comparer);
        var wanted = desired.SelectMany(contact => contact.Technicians).Select(technician => technician.TechnicianId).ToHashSet();

        var additions = new List<Addition>();
        var kept = new List<Guid>();
        var roles = new List<MissingRole>();
        foreach (var contact in desired)
        {
            var existing = contactOf.GetValueOrDefault(contact.ResourceId) ?? MappedElsewhere(contact, rowOf, lines);
            var missing = contact.Technicians.Where(technician => !IsRight(technician, existing, rowOf, lines) && !IsStuck(technician)).ToList();
            kept.AddRange(contact.Technicians.Except(missing).Select(technician => technician.TechnicianId));
            if (missing.Count > 0)
                additions.Add(new Addition(contact, [.. missing.Select(technician => technician.TechnicianId)], existing));
            else if (existing?.BusinessRole is "")
                roles.Add(new MissingRole(contact, existing.LineItemId));
        }

        return new CrewDiff(additions, [.. rows.Where(row => !wanted.Contains(row.TechnicianId))], kept, roles);

        bool IsStuck(DesiredTechnician technician) =>
            rowOf.GetValueOrDefault(technician.TechnicianId)?.LineItemId is { } line && stuck.Contains(line);
    }

    private static bool IsRight(
        DesiredTechnician technician, FlexContact? existing, Dictionary<Guid, CrewRow> rowOf, Dictionary<string, FlexContact> lines) =>
        rowOf.TryGetValue(technician.TechnicianId, out var row) && row.LineItemId is { } line &&
        (FlexIds.Same(line, existing?.LineItemId) || !lines.TryGetValue(line, out var shown) || shown.ResourceId is null);

    private static FlexContact? Mapped(IEnumerable<FlexContact> same, IReadOnlyList<CrewRow> rows) =>
        same.FirstOrDefault(contact => rows.Any(row => FlexIds.Same(row.LineItemId, contact.LineItemId)));

    private static FlexContact? MappedElsewhere(
        DesiredContact contact, Dictionary<Guid, CrewRow> rowOf, Dictionary<string, FlexContact> lines) =>
        contact.Technicians
            .Select(technician => rowOf.GetValueOrDefault(technician.TechnicianId)?.LineItemId)
            .Where(line => line is not null && (!lines.TryGetValue(line, out var shown) || shown.ResourceId is null))
            .Select(line => lines.GetValueOrDefault(line!) ?? new FlexContact(line!, contact.ResourceId))
            .FirstOrDefault();
}

/// <summary>A contact to add, or to adopt where Flex has it already.</summary>
/// <param name="Contact">The desired contact.</param>
/// <param name="TechnicianIds">Those of its technicians that are not mapped to it.</param>
/// <param name="Existing">The contact that Flex has already; null when it is to be added.</param>
public sealed record Addition(DesiredContact Contact, IReadOnlyList<Guid> TechnicianIds, FlexContact? Existing);

/// <summary>A contact whose business role is empty.</summary>
/// <param name="Contact">The desired contact.</param>
/// <param name="LineItemId">Its line item.</param>
public sealed record MissingRole(DesiredContact Contact, string LineItemId);
