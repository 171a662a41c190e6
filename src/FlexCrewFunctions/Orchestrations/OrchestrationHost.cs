using FlexCrew.Contract;
using FlexCrew.Sync;
using FlexCrewFunctions.Http;
using Microsoft.DurableTask;

namespace FlexCrewFunctions.Orchestrations;

/// <summary>
/// The replay-safe clock, durable timers, and the custom status. A settled summary is announced in this process too, where the request that
/// waits for it most likely is: replaying the history makes the same summary again, so that it may leave before it is stored.
/// </summary>
internal sealed class OrchestrationHost(TaskOrchestrationContext context, DepartmentRun run, SettledRuns settled) : ISyncHost
{
    private SyncProgress? progress;
    private DepartmentSummary? summary;

    public DateTimeOffset UtcNow => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellation) => context.CreateTimer(delay, cancellation);

    public void Report(SyncProgress made)
    {
        progress = made;
        Show();
    }

    public void Settle(DepartmentSummary made)
    {
        if (!context.IsReplaying) settled.Announce(run.Request.InstanceId, run.Department, made);
        if (RunStatusBody.Fits(made)) summary = made;
        Show();
    }

    private void Show() => context.SetCustomStatus(new RunStatusBody(
        Of(progress), Of(summary)));

    private Dictionary<string, T> Of<T>(T? value) where T : class => value is null ? [] : new() { [run.Department] = value };
}
