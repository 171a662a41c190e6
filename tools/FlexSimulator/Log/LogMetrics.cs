namespace FlexSimulator;

/// <summary>Counts over all requests since the log was last cleared, also those that it has forgotten since.</summary>
public sealed record LogMetrics
{
    public long Requests { get; init; }

    public long Reads { get; init; }

    public long Writes { get; init; }

    /// <summary>Requests that changed the world.</summary>
    public long Commits { get; init; }

    public IReadOnlyDictionary<FlexEndpoint, long> ByEndpoint { get; init; } = new Dictionary<FlexEndpoint, long>();

    public IReadOnlyDictionary<string, long> ByMethod { get; init; } = new Dictionary<string, long>();

    /// <summary>By the status that was sent.</summary>
    public IReadOnlyDictionary<int, long> ByStatus { get; init; } = new Dictionary<int, long>();

    /// <summary>By the kind of fault that was played.</summary>
    public IReadOnlyDictionary<string, long> ByFault { get; init; } = new Dictionary<string, long>();

    /// <summary>The most requests under way at once.</summary>
    public int PeakConcurrency { get; init; }

    /// <summary>The most writes under way at once on one crew call.</summary>
    public int PeakWritesPerCrewCall { get; init; }

    /// <summary>Pairs of writes on one crew call that overlapped in time and had different correlation ids.</summary>
    public long OverlappingWrites { get; init; }

    /// <summary><see cref="OverlappingWrites"/> by crew call; only those that have some.</summary>
    public IReadOnlyDictionary<string, long> OverlappingWritesByCrewCall { get; init; } = new Dictionary<string, long>();

    /// <summary>Requests repeated before the time that a Retry-After had named.</summary>
    public long EarlyRetries { get; init; }

    /// <summary>Requests still being handled.</summary>
    public int UnderWay { get; init; }
}
