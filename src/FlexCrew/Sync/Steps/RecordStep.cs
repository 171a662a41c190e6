using System.Collections.Concurrent;
using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Telemetry;

namespace FlexCrew.Sync;

/// <summary>
/// Logs a run, gives its fence back, and measures it: at the first try, so that a run that cannot be logged counts too, and not again at
/// the later ones.
/// </summary>
internal sealed class RecordStep(ISyncLog log) : ICrewSyncStep<RecordInput, RunRecorded>
{
    private const int RememberAtMost = 1_000;

    private readonly ConcurrentDictionary<(string Instance, string Department), bool> measured = new();
    private readonly ConcurrentQueue<(string Instance, string Department)> order = new();

    public async Task<RunRecorded> RunAsync(RecordInput input, FlexScope scope, CancellationToken cancellation)
    {
        if (IsFirstTry((input.Row.InstanceId, input.Row.Department)))
            SyncTelemetry.Record(input.Row, input.Lease, input.LeaseWaitSeconds);
        await log.WriteAsync(input.Row, new FenceReturn(input.Run.Holder, input.Passes), cancellation);
        return new RunRecorded(input.Row.Status);
    }

    private bool IsFirstTry((string Instance, string Department) run)
    {
        if (!measured.TryAdd(run, true)) return false;
        order.Enqueue(run);
        while (order.Count > RememberAtMost && order.TryDequeue(out var oldest))
            measured.TryRemove(oldest, out _);
        return true;
    }
}
