using FlexCrew.Sync;
using Microsoft.DurableTask;

namespace FlexCrewFunctions.Orchestrations;

/// <summary>The replay-safe clock, durable timers and the custom status.</summary>
internal sealed class OrchestrationHost(TaskOrchestrationContext context) : ISyncHost
{
    public DateTimeOffset UtcNow => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellation) => context.CreateTimer(delay, cancellation);

    public void Settle(DepartmentSummary summary)
    {
    }

    public void Report(SyncProgress progress) => context.SetCustomStatus(progress);
}
