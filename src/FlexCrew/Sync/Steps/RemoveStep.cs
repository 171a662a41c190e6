using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>
/// Removes rows and their contacts; of a contact that a sibling maps only the row. A sibling that drops the same contact at
/// the same time finds this row as this step finds the sibling's: so it is looked again once the row is gone, and whoever
/// is the last deletes the contact.
/// </summary>
internal sealed class RemoveStep(ICrewCallClient flex, ICrewTable table) : ICrewSyncStep<RemoveInput, RemovedRows>
{
    public async Task<RemovedRows> RunAsync(RemoveInput input, FlexScope scope, CancellationToken cancellation)
    {
        var theirs = await OfSiblingsAsync(input.ContactsToDelete);
        var outcome = await DeleteAsync([.. input.ContactsToDelete.Except(theirs, FlexIds.Comparer)]);
        var stay = outcome.Remaining.Keys.ToHashSet(FlexIds.Comparer);
        var going = input.Rows.Where(row => row.LineItemId is null || !stay.Contains(row.LineItemId)).ToList();
        if (going.Count > 0)
            await table.DeleteAsync(input.CrewCallId, going, cancellation);
        var later = await DeleteAsync([.. theirs.Except(await OfSiblingsAsync(theirs), FlexIds.Comparer)]);

        return new RemovedRows(
            [.. going.Select(row => row.TechnicianId)],
            [.. outcome.Deleted, .. later.Deleted],
            [.. outcome.Remaining.Concat(later.Remaining).Select(left => new FailedRemoval(left.Key, left.Value))]);

        async Task<IReadOnlyList<string>> OfSiblingsAsync(IReadOnlyList<string> lines) =>
            input.Shared && lines.Count > 0
                ? [.. lines.Intersect(await table.SiblingLinesAsync(input.CrewCallId, input.ElementId, cancellation), FlexIds.Comparer)]
                : [];

        async Task<DeleteContactsOutcome> DeleteAsync(IReadOnlyList<string> lines) =>
            lines.Count > 0
                ? await flex.DeleteContactsAsync(input.ElementId, lines, scope, cancellation)
                : new DeleteContactsOutcome([], new Dictionary<string, Failure>());
    }
}
