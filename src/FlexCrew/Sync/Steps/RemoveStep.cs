using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

internal sealed class RemoveStep(ICrewCallClient flex, ICrewTable table) : ICrewSyncStep<RemoveInput, RemovedRows>
{
    public async Task<RemovedRows> RunAsync(RemoveInput input, FlexScope scope, CancellationToken cancellation)
    {
        var outcome = input.ContactsToDelete.Count > 0
            ? await flex.DeleteContactsAsync(input.ElementId, input.ContactsToDelete, scope, cancellation)
            : new DeleteContactsOutcome([], new Dictionary<string, Failure>());
        var stay = outcome.Remaining.Keys.ToHashSet(FlexIds.Comparer);
        var going = input.Rows.Where(row => row.LineItemId is null || !stay.Contains(row.LineItemId)).ToList();
        if (going.Count > 0)
            await table.DeleteAsync(input.CrewCallId, going, cancellation);
        return new RemovedRows(
            [.. going.Select(row => row.TechnicianId)],
            outcome.Deleted,
            [.. outcome.Remaining.Select(left => new FailedRemoval(left.Key, left.Value))]);
    }
}
