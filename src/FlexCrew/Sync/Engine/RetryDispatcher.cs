using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Planning;
using FlexCrew.Telemetry;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Sync;

/// <summary>
/// Starts the runs that the retry queue has due: an outage of Flex heals without a click. Called by a timer in each host.
/// Rows stay due while there is no room for them in Flex's budget.
/// </summary>
/// <param name="queue">The queue.</param>
/// <param name="budget">Tells whether retries may send requests.</param>
/// <param name="runs">Where the runs are started.</param>
/// <param name="settings">Tells how often a run is tried at most.</param>
/// <param name="logger">Gets a line per retry.</param>
public sealed class RetryDispatcher(
    IRetryQueue queue, IFlexBudget budget, ISyncRuns runs, FlowSettings settings, ILogger<RetryDispatcher> logger)
{
    private const int AtMost = 10;

    /// <summary>What a run may take beyond its deadline: the step that was under way, and its log row.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Claims what is due and starts it; answers how many runs it started. Throws <see cref="DatabaseException"/>.</summary>
    public async Task<int> DispatchAsync(CancellationToken cancellation)
    {
        var due = await ClaimAsync(cancellation);
        foreach (var retry in due)
        {
            logger.LogInformation(
                "Retrying the {Kind} of job {JobId}, {Department}: attempt {Attempt} ({CorrelationId})",
                retry.Kind, retry.JobId, retry.Department, retry.Attempt, retry.CorrelationId);
            await runs.StartAsync(Request(retry), cancellation);
        }
        SyncTelemetry.RecordQueueDepth(await queue.DepthAsync(cancellation));
        return due.Count;
    }

    private async Task<IReadOnlyList<DueRetry>> ClaimAsync(CancellationToken cancellation)
    {
        var room = await budget.RoomAsync(cancellation);
        if (room == BudgetRoom.None) return [];
        // A claim lasts longer than a run may, so that a claimed row is not started twice.
        return await queue.ClaimAsync(
            room == BudgetRoom.OneTry ? 1 : AtMost, settings.RunDeadline + Margin, settings.RetrySchedule.Count + 1, cancellation);
    }

    private static SyncJobRequest Request(DueRetry retry) => new(
        retry.InstanceId,
        retry.JobId,
        [retry.Department],
        retry.PruneOrphans,
        retry.CorrelationId,
        SyncJobRequest.Retry,
        retry.Attempt)
    {
        // A command is tried again as a command: a sync would bring back a person whom it took off and who is still assigned.
        Person = retry.TechnicianId is { } person && Enum.TryParse<PersonAction>(retry.Kind, ignoreCase: true, out var action)
            ? new PersonCommand(person, action) : null,
    };
}
