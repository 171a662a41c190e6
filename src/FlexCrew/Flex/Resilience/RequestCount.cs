namespace FlexCrew.Flex.Resilience;

/// <summary>Counts the requests of the last hour and of the last day, to the minute.</summary>
internal sealed class RequestCount(TimeProvider time)
{
    private const int MinutesOfHour = 60;
    private const int MinutesOfDay = 24 * MinutesOfHour;

    private readonly Lock gate = new();
    private readonly (long Minute, int Requests)[] minutes = new (long, int)[MinutesOfDay];

    /// <summary>Requests of the last sixty minutes.</summary>
    public int LastHour => Sum(MinutesOfHour);

    /// <summary>Requests of the last twenty-four hours.</summary>
    public int LastDay => Sum(MinutesOfDay);

    /// <summary>Counts a request that is sent now.</summary>
    public void Count()
    {
        var now = Now();
        lock (gate)
        {
            ref var minute = ref minutes[now % MinutesOfDay];
            minute = (now, minute.Minute == now ? minute.Requests + 1 : 1);
        }
    }

    private int Sum(int newest)
    {
        var oldest = Now() - newest;
        lock (gate) return minutes.Where(minute => minute.Minute > oldest).Sum(minute => minute.Requests);
    }

    private long Now() => time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;
}
