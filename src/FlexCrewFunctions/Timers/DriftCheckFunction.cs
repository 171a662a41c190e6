using FlexCrew.Drift;
using FlexCrewFunctions.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrewFunctions.Timers;

/// <summary>Once a night, where it is switched on: looks for what differs though no sync runs.</summary>
/// <param name="services">Where the check is.</param>
/// <param name="options">Whether it is switched on.</param>
public sealed class DriftCheckFunction(IServiceProvider services, FlexCrew.FlexCrewOptions options)
{
    /// <summary>Checks.</summary>
    [Function("DriftCheck")]
    public Task RunAsync(
        [TimerTrigger("%DriftCheckSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        options.Drift.Enabled
            ? services.GetRequiredService<IDriftCheck>()
                .RunAsync(ActivatorUtilities.CreateInstance<DurableRuns>(services, client), cancellation)
            : Task.CompletedTask;
}
