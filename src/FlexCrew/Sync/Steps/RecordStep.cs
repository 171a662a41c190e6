using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Telemetry;

namespace FlexCrew.Sync;

internal sealed class RecordStep(ISyncLog log) : ICrewSyncStep<RecordInput, RunRecorded>
{
    public async Task<RunRecorded> RunAsync(RecordInput input, FlexScope scope, CancellationToken cancellation)
    {
        SyncTelemetry.Record(input.Row, input.Lease, input.LeaseWaitSeconds);
        await log.WriteAsync(input.Row, cancellation);
        return new RunRecorded(input.Row.Status);
    }
}
