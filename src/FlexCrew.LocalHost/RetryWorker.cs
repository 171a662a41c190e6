using FlexCrew.Database;
using FlexCrew.Sync;
using Microsoft.Extensions.Options;

namespace FlexCrew.LocalHost;

/// <summary>Looks at the retry queue at a fixed interval. A database that is away is tried again at the next tick.</summary>
internal sealed class RetryWorker(
    RetryDispatcher dispatcher, IOptions<FlexCrewOptions> options, TimeProvider time, ILogger<RetryWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.Value.RetryPollInterval, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await dispatcher.DispatchAsync(stopping);
            }
            catch (DatabaseException unreadable)
            {
                logger.LogWarning("The retry queue could not be read: {Message}", unreadable.Message);
            }
        }
    }
}
