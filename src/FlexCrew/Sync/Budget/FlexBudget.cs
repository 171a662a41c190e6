using FlexCrew.Database;
using FlexCrew.Flex.Resilience;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Sync;

/// <summary>
/// Compares the requests of the last hour and day with what Flex grants. The log has the runs of all hosts that have ended,
/// this process knows its own requests to the last one: the higher figure counts. One line is logged when work begins to
/// stand back, and one when it goes on.
/// </summary>
internal sealed class FlexBudget(IFlexRequestLog log, FlexLoad load, FlexCrewOptions options, ILogger<FlexBudget> logger) : IFlexBudget
{
    private int standsBack;

    public async Task<BudgetRoom> RoomAsync(CancellationToken cancellation)
    {
        var sums = await log.SumAsync(cancellation);
        if (Obstacle(sums) is { } why)
        {
            if (Interlocked.Exchange(ref standsBack, 1) == 0)
                logger.LogWarning("Retries and other work that nobody waits for stand back: {Reason}", why);
            return BudgetRoom.None;
        }

        if (load.Pause.BudgetWasUsedUp) return BudgetRoom.OneTry;
        if (Interlocked.Exchange(ref standsBack, 0) == 1)
            logger.LogInformation("Retries and other work that nobody waits for go on");
        return BudgetRoom.Enough;
    }

    private string? Obstacle(FlexRequestSums sums)
    {
        if (load.Pause.Budget > TimeSpan.Zero) return "Flex keeps answering 429, its hourly budget of requests is probably used up";
        if (load.Pause.Asked > TimeSpan.Zero) return "Flex asked to be left alone";
        return Obstacle(Math.Max(sums.LastHour, load.Requests.LastHour), options.FlexHourlyBudget, "hour")
            ?? Obstacle(Math.Max(sums.LastDay, load.Requests.LastDay), options.FlexDailyBudget, "day");
    }

    private string? Obstacle(int used, int budget, string window) => 100L * used >= (long)options.FlexBudgetPercent * budget
        ? $"{used} of the {budget} requests to Flex of the last {window} are used up, and the last {100 - options.FlexBudgetPercent} % are for whoever waits"
        : null;
}
