using System.Collections.Concurrent;
using System.Text.Json;
using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Telemetry;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Sync;

/// <summary>
/// Logs a run, gives its fence back, and measures it: at the first try, so that a run that cannot be logged counts too, and not again at
/// the later ones. What a command changed is told to the web app's activity log too, as far as the database has one.
/// </summary>
internal sealed class RecordStep(ISyncLog log, IActivityLog activities, ILogger<RecordStep> logger)
    : ICrewSyncStep<RecordInput, RunRecorded>
{
    private const int RememberAtMost = 1_000;

    private readonly ConcurrentDictionary<(string Instance, string Department), bool> measured = new();
    private readonly ConcurrentQueue<(string Instance, string Department)> order = new();

    public async Task<RunRecorded> RunAsync(RecordInput input, FlexScope scope, CancellationToken cancellation)
    {
        if (IsFirstTry((input.Row.InstanceId, input.Row.Department)))
            SyncTelemetry.Record(input.Row, input.Lease, input.LeaseWaitSeconds);
        await log.WriteAsync(input.Row, new FenceReturn(input.Run.Holder, input.Passes), cancellation);
        if (input.Row is { TechnicianId: { } technician, CrewCallId: { } crewCall } row && row.Added + row.Kept + row.Removed > 0)
            await TellAsync(row, technician, crewCall, cancellation);
        return new RunRecorded(input.Row.Status);
    }

    private async Task TellAsync(SyncLogRow row, Guid technician, Guid crewCall, CancellationToken cancellation)
    {
        try
        {
            var payload = JsonSerializer.Serialize(new { action = row.Kind, department = row.Department, technician_id = technician });
            await activities.WriteAsync(new CrewActivity(Uuid.Parse(row.TriggeredBy), row.JobId, crewCall, payload), cancellation);
        }
        catch (DatabaseException failed)
        {
            logger.LogInformation("The activity of run {InstanceId} was not told: {Message}", row.InstanceId, failed.Message);
        }
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
