using FlexCrew;
using FlexCrew.Database;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace FlexCrewFunctions.Timers;

/// <summary>
/// On the schedule of <see cref="HistoryPurgeFunction"/>, by default once a day: deletes rows of <c>flex_sync_log</c> of runs that ended
/// long ago and wait for no retry.
/// </summary>
/// <param name="retention">Deletes them.</param>
/// <param name="options">How old a row may become.</param>
/// <param name="logger">Gets the count.</param>
public sealed class LogRetentionFunction(ILogRetention retention, FlexCrewOptions options, ILogger<LogRetentionFunction> logger)
{
    /// <summary>Deletes.</summary>
    [Function("LogRetention")]
    public async Task RunAsync([TimerTrigger("%HistoryPurgeSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        var deleted = await retention.DeleteAsync(options.LogRetention, cancellation);
        logger.LogInformation("Deleted {Count} rows of the log that were older than {Age}", deleted, options.LogRetention);
    }
}
