using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>What goes with rows that nobody desires. Pure.</summary>
internal static class Leftovers
{
    /// <summary>
    /// Line items of leftover rows that Flex still has, and that no desired technician is served by: neither by
    /// their row nor by their resource.
    /// </summary>
    public static IReadOnlyList<string> ContactsToDelete(
        IReadOnlyList<CrewRow> leftovers, IReadOnlyList<DesiredContact> desired, IReadOnlyList<CrewRow> rows, IReadOnlyList<FlexContact> contacts)
    {
        var going = leftovers.Select(row => row.Id).ToHashSet();
        var needed = rows.Where(row => !going.Contains(row.Id) && row.LineItemId is not null)
            .Select(row => row.LineItemId!).ToHashSet(FlexIds.Comparer);
        var wanted = desired.Select(contact => contact.ResourceId).ToHashSet(FlexIds.Comparer);
        var shown = contacts.ToDictionary(contact => contact.LineItemId, FlexIds.Comparer);

        return
        [
            .. leftovers
                .Select(row => row.LineItemId)
                .OfType<string>()
                .Where(line => !needed.Contains(line)
                    && !(shown.TryGetValue(line, out var contact) && contact.ResourceId is { } resource && wanted.Contains(resource)))
                .Distinct(FlexIds.Comparer),
        ];
    }
}
