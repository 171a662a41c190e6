using FlexCrew.LocalHost.Runs;

namespace FlexCrew.LocalHost;

/// <summary>Lets running syncs finish when the process is asked to stop, within the host's shutdown time-out.</summary>
internal sealed class DrainOnStop(InProcessRuns runs, ILogger<DrainOnStop> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellation)
    {
        try
        {
            while (runs.Active is { Count: > 0 } active)
            {
                logger.LogInformation("Waiting for {Count} running syncs", active.Count);
                await Task.WhenAll(active).WaitAsync(cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            logger.LogWarning("{Count} syncs were cut off; running them again is always right", runs.Active.Count);
        }
    }
}
