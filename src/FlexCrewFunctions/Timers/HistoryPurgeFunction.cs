using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace FlexCrewFunctions.Timers;

/// <summary>Once a day: purges the history of runs that ended long ago. The log in the database is what stays.</summary>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets the count.</param>
public sealed class HistoryPurgeFunction(TimeProvider time, ILogger<HistoryPurgeFunction> logger)
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromDays(14);

    /// <summary>Purges.</summary>
    [Function("HistoryPurge")]
    public async Task RunAsync(
        [TimerTrigger("%HistoryPurgeSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var filter = new PurgeInstancesFilter(
            CreatedTo: time.GetUtcNow() - KeepFor,
            Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated]);
        var purged = await client.PurgeAllInstancesAsync(filter, cancellation);
        logger.LogInformation("Purged the history of {Count} orchestrations", purged.PurgedInstanceCount);
    }
}
