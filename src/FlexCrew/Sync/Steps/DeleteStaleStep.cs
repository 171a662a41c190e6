using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>
/// Deletes the rows that Flex contradicts, as they were when they were read: a row that was written since stays, even if this step is
/// delivered again when the adds of its run are done.
/// </summary>
internal sealed class DeleteStaleStep(ICrewTable table) : ICrewSyncStep<StaleInput, StaleRowsDeleted>
{
    public async Task<StaleRowsDeleted> RunAsync(StaleInput input, FlexScope scope, CancellationToken cancellation)
    {
        IReadOnlyList<CrewRow> rows = [.. input.Rows.Select(deletion => deletion.Row)];
        if (!await table.DeleteAsync(new RowDeletions(input.Target.Fence, input.Target.CrewCallId, rows, []), cancellation))
            throw StepFailedException.LeaseLost();
        return new StaleRowsDeleted(rows.Count);
    }
}
