using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>
/// Deletes the rows that Flex contradicts, of those that were there before it was listed: a row that is newer than the
/// listing stays, even if this step is delivered again when the adds of its run are done.
/// </summary>
internal sealed class DeleteStaleStep(ICrewTable table) : ICrewSyncStep<StaleInput, StaleRowsDeleted>
{
    public async Task<StaleRowsDeleted> RunAsync(StaleInput input, FlexScope scope, CancellationToken cancellation)
    {
        var stale = StaleRows.Of(input.Desired, input.Contacts, input.Rows);
        if (stale.Count > 0)
            await table.DeleteAsync(input.CrewCallId, stale, cancellation);
        return new StaleRowsDeleted([.. stale.Select(row => row.TechnicianId)]);
    }
}

internal sealed class RereadStep(ICrewTable table) : ICrewSyncStep<RereadInput, CrewRows>
{
    public async Task<CrewRows> RunAsync(RereadInput input, FlexScope scope, CancellationToken cancellation) =>
        new(await table.RowsAsync(input.CrewCallId, cancellation));
}
