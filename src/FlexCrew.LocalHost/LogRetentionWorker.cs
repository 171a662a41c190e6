using FlexCrew.Database;
using Microsoft.Extensions.Options;

namespace FlexCrew.LocalHost;

/// <summary>
/// Deletes old rows of the log once a day, the first time a minute after the start. A database that is away is tried again the next
/// day.
/// </summary>
internal sealed class LogRetentionWorker(
    ILogRetention log, IOptions<FlexCrewOptions> options, TimeProvider time, ILogger<LogRetentionWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        for (var wait = TimeSpan.FromMinutes(1); ; wait = TimeSpan.FromDays(1))
        {
            await Task.Delay(wait, time, stopping);
            try
            {
                var deleted = await log.DeleteAsync(options.Value.LogRetention, stopping);
                logger.LogInformation("Deleted {Count} rows of the log that were older than {Age}", deleted, options.Value.LogRetention);
            }
            catch (DatabaseException failure)
            {
                logger.LogWarning("Old rows of the log could not be deleted: {Message}", failure.Message);
            }
        }
    }
}
