using System.Diagnostics;

namespace FlexSimulator;

/// <summary>A request under way or done: the changing thing behind a <see cref="LoggedRequest"/>. Guarded by the log.</summary>
internal sealed class Call(LoggedRequest known, long startedAt)
{
    public LoggedRequest Known { get; private set; } = known;

    public long StartedAt { get; } = startedAt;

    public List<long> Overlaps { get; } = [];

    public int Concurrency { get; set; }

    public int ConcurrentWrites { get; set; }

    public bool UnderWay { get; set; } = true;

    public bool IsWrite => (Known.Endpoint & FlexEndpoint.Writes) != 0;

    public bool Shares(Call other) => Known.CrewCalls.Any(one => other.Known.CrewCalls.Any(two => FlexWorld.Same(one, two)));

    public void Learn(Func<LoggedRequest, LoggedRequest> change) => Known = change(Known);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(StartedAt);

    public LoggedRequest Snapshot() => Known with
    {
        Concurrency = Concurrency,
        ConcurrentWrites = ConcurrentWrites,
        Overlaps = [.. Overlaps],
        Duration = UnderWay ? Elapsed : Known.Duration,
    };
}
