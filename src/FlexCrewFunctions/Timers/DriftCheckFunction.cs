using FlexCrew.Drift;
using FlexCrewFunctions.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrewFunctions.Timers;

/// <summary>Once a night, where the drift check is switched on: looks for what differs though no sync runs.</summary>
/// <param name="services">What the runs need that a check may start.</param>
/// <param name="check">The check.</param>
public sealed class DriftCheckFunction(IServiceProvider services, IDriftCheck check)
{
    /// <summary>Checks.</summary>
    [Function("DriftCheck")]
    public Task RunAsync(
        [TimerTrigger("%DriftCheckSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        check.RunAsync(ActivatorUtilities.CreateInstance<DurableRuns>(services, client), cancellation);
}
