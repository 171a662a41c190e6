using FlexCrew.Contract;
using FlexCrew.Drift;

namespace FlexCrew.LocalHost;

/// <summary>
/// Makes a drift check at a fixed interval, where that is switched on: the first one a minute after the start. One that fails ends
/// nothing but itself.
/// </summary>
internal sealed class DriftWorker(
    IDriftCheck check, ISyncRuns runs, FlexCrewOptions options, TimeProvider time, ILogger<DriftWorker> logger) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        for (var wait = FirstWait; ; wait = options.Drift.Interval)
        {
            await Task.Delay(wait < options.Drift.Interval ? wait : options.Drift.Interval, time, stopping);
            try
            {
                await check.RunAsync(runs, stopping);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogWarning(failure, "The drift check could not be made: {Message}", failure.Message);
            }
        }
    }
}
