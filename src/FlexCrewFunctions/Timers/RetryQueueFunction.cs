using FlexCrew.Sync;
using FlexCrewFunctions.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrewFunctions.Timers;

/// <summary>Starts the runs that the retry queue has due.</summary>
/// <param name="services">Where the dispatcher's parts are.</param>
public sealed class RetryQueueFunction(IServiceProvider services)
{
    /// <summary>Dispatches.</summary>
    [Function("RetryQueue")]
    public Task RunAsync(
        [TimerTrigger("%RetryQueueSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        ActivatorUtilities
            .CreateInstance<RetryDispatcher>(services, ActivatorUtilities.CreateInstance<DurableRuns>(services, client))
            .DispatchAsync(cancellation);
}
