using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>Which rows of the table say something that Flex contradicts. Pure.</summary>
internal static class StaleRows
{
    /// <summary>
    /// Rows whose line item Flex does not have, rows whose line item is another resource's contact, and second
    /// rows of a technician. Rows without a line item are not stale: the add gives them one.
    /// </summary>
    public static IReadOnlyList<CrewRow> Of(
        IReadOnlyList<DesiredContact> desired, IReadOnlyList<FlexContact> contacts, IReadOnlyList<CrewRow> rows)
    {
        var byLine = contacts.ToDictionary(contact => contact.LineItemId, FlexIds.Comparer);
        var resources = desired
            .SelectMany(contact => contact.Technicians, (contact, technician) => (technician.TechnicianId, contact.ResourceId))
            .ToDictionary(pair => pair.TechnicianId, pair => pair.ResourceId);

        bool Contradicted(CrewRow row) =>
            row.LineItemId is { } line &&
            (!byLine.TryGetValue(line, out var contact) ||
             (contact.ResourceId is { } resource && resources.TryGetValue(row.TechnicianId, out var wanted) && !FlexIds.Same(resource, wanted)));

        return
        [
            .. rows
                .GroupBy(row => row.TechnicianId)
                .SelectMany(own =>
                {
                    var good = own.Where(row => !Contradicted(row)).OrderByDescending(row => row.LineItemId is not null).FirstOrDefault();
                    return own.Where(row => row != good && (Contradicted(row) || good is not null));
                }),
        ];
    }
}
