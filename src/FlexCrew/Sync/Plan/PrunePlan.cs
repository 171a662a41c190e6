using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>Which contacts of a crew call go before anything is compared. Pure.</summary>
internal static class PrunePlan
{
    public const string NotDesired = "not desired";
    public const string Duplicate = "duplicate";

    /// <summary>
    /// Contacts whose resource nobody desires, and all but one of each desired resource. Without
    /// <paramref name="pruneOrphans"/> only contacts that the table maps. A contact whose resource the listing
    /// does not tell goes only when the table maps it, and only to technicians nobody desires.
    /// </summary>
    /// <param name="desired">The desired contacts.</param>
    /// <param name="contacts">What Flex lists, oldest first.</param>
    /// <param name="rows">The rows of this crew call.</param>
    /// <param name="pruneOrphans">Whether contacts go that the table does not map; not where the element is shared.</param>
    /// <param name="siblingLines">
    /// The line items that siblings map, which all stay; null where the element is not shared. Where it is, the one that
    /// stays of several is the oldest, whoever maps it: it is the only one that all siblings choose alike.
    /// </param>
    public static IReadOnlyList<(FlexContact Contact, string Reason)> Of(
        IReadOnlyList<DesiredContact> desired,
        IReadOnlyList<FlexContact> contacts,
        IReadOnlyList<CrewRow> rows,
        bool pruneOrphans,
        IReadOnlyCollection<string>? siblingLines = null)
    {
        var siblings = siblingLines?.ToHashSet(FlexIds.Comparer);
        var wanted = desired.Select(contact => contact.ResourceId).ToHashSet(FlexIds.Comparer);
        var technicians = desired.SelectMany(contact => contact.Technicians).Select(technician => technician.TechnicianId).ToHashSet();
        var mapped = rows.Where(row => row.LineItemId is not null).ToLookup(row => row.LineItemId!, FlexIds.Comparer);
        var kept = contacts
            .Where(contact => contact.ResourceId is not null && wanted.Contains(contact.ResourceId))
            .GroupBy(contact => contact.ResourceId!, FlexIds.Comparer)
            .Select(same => siblings is not null
                ? same.First().LineItemId
                : Best(same, desired.First(contact => FlexIds.Same(contact.ResourceId, same.Key)), mapped).LineItemId)
            .ToHashSet(FlexIds.Comparer);

        return
        [
            .. from contact in contacts
               let ours = mapped.Contains(contact.LineItemId)
               let goes = contact.ResourceId is null
                   ? ours && !mapped[contact.LineItemId].Any(row => technicians.Contains(row.TechnicianId))
                   : !kept.Contains(contact.LineItemId) && ((pruneOrphans && siblings is null) || ours)
               where goes && siblings?.Contains(contact.LineItemId) != true
               select (contact, contact.ResourceId is not null && wanted.Contains(contact.ResourceId) ? Duplicate : NotDesired),
        ];
    }

    private static FlexContact Best(IEnumerable<FlexContact> same, DesiredContact desired, ILookup<string, CrewRow> mapped) =>
        same.MaxBy(contact =>
            mapped[contact.LineItemId].Any(row => desired.Technicians.Any(technician => technician.TechnicianId == row.TechnicianId)) ? 2
            : mapped.Contains(contact.LineItemId) ? 1
            : 0)!;
}
