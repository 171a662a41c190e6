using FlexCrew.Database;
using FlexCrew.Telemetry;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Sync;

/// <summary>
/// Starts the runs that the retry queue has due: an outage of Flex heals without a click. Called by a timer in each host.
/// </summary>
/// <param name="queue">The queue.</param>
/// <param name="runs">Where the runs are started.</param>
/// <param name="settings">Tells how often a run is tried at most.</param>
/// <param name="logger">Gets a line per retry.</param>
public sealed class RetryDispatcher(IRetryQueue queue, ISyncRuns runs, FlowSettings settings, ILogger<RetryDispatcher> logger)
{
    private const int AtMost = 10;

    /// <summary>What a run may take beyond its deadline: the step that was under way, and its log row.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Claims what is due and starts it; answers how many runs it started. Throws <see cref="DatabaseException"/>.</summary>
    public async Task<int> DispatchAsync(CancellationToken cancellation)
    {
        // A claim lasts longer than a run may, so that a claimed row is not started twice.
        var due = await queue.ClaimAsync(AtMost, settings.RunDeadline + Margin, settings.RetrySchedule.Count + 1, cancellation);
        foreach (var retry in due)
        {
            logger.LogInformation(
                "Retrying the sync of job {JobId}, {Department}: attempt {Attempt} ({CorrelationId})",
                retry.JobId, retry.Department, retry.Attempt, retry.CorrelationId);
            await runs.StartAsync(Request(retry), cancellation);
        }
        SyncTelemetry.RecordQueueDepth(await queue.DepthAsync(cancellation));
        return due.Count;
    }

    private static SyncJobRequest Request(DueRetry retry) => new(
        retry.InstanceId,
        retry.JobId,
        [retry.Department],
        retry.PruneOrphans,
        retry.CorrelationId,
        SyncJobRequest.Retry,
        retry.Attempt);
}
