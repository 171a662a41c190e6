using FlexCrew;
using FlexCrew.Database;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace FlexCrewFunctions.Timers;

/// <summary>Once a day, with <see cref="HistoryPurgeFunction"/>: deletes old rows of the log.</summary>
/// <param name="log">Deletes them.</param>
/// <param name="options">How old a row may become.</param>
/// <param name="logger">Gets the count.</param>
public sealed class LogRetentionFunction(ILogRetention log, FlexCrewOptions options, ILogger<LogRetentionFunction> logger)
{
    /// <summary>Deletes.</summary>
    [Function("LogRetention")]
    public async Task RunAsync([TimerTrigger("%HistoryPurgeSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        var deleted = await log.DeleteAsync(options.LogRetention, cancellation);
        logger.LogInformation("Deleted {Count} rows of the log that were older than {Age}", deleted, options.LogRetention);
    }
}
