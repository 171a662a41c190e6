using FlexCrew.Database;
using FlexCrew.LocalHost.Runs;
using FlexCrew.Sync;
using FlexCrew.Telemetry;
using Microsoft.Extensions.Options;

namespace FlexCrew.LocalHost;

/// <summary>Looks at the retry queue and the leases at a fixed interval. A database that is away is tried again at the next tick.</summary>
internal sealed class RetryWorker(
    RetryDispatcher dispatcher, InMemoryLeases leases, IOptions<FlexCrewOptions> options, TimeProvider time,
    ILogger<RetryWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.Value.RetryPollInterval, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            SyncTelemetry.RecordLeaseAges(leases.Held, time.GetUtcNow());
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
