using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

internal sealed class DeleteStaleStep(ICrewTable table) : ICrewSyncStep<StaleInput, StaleRowsDeleted>
{
    public async Task<StaleRowsDeleted> RunAsync(StaleInput input, FlexScope scope, CancellationToken cancellation)
    {
        var stale = StaleRows.Of(input.Desired, input.Contacts, await table.RowsAsync(input.CrewCallId, cancellation));
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
