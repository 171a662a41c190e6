namespace FlexSimulator;

/// <summary>The counts behind <see cref="LogMetrics"/>. Requests that the log forgets are folded into it.</summary>
internal sealed class Tally
{
    private readonly Dictionary<FlexEndpoint, long> byEndpoint = [];
    private readonly Dictionary<string, long> byMethod = [];
    private readonly Dictionary<int, long> byStatus = [];
    private readonly Dictionary<string, long> byFault = [];
    private readonly Dictionary<string, long> overlapsByCrewCall = new(StringComparer.OrdinalIgnoreCase);
    private long requests, reads, writes, commits, overlaps, early;
    private int peak, peakWrites;

    public void Add(LoggedRequest request, IEnumerable<string> overlappedCrewCalls)
    {
        requests++;
        if ((request.Endpoint & FlexEndpoint.Reads) != 0) reads++;
        if ((request.Endpoint & FlexEndpoint.Writes) != 0) writes++;
        if (request.Committed) commits++;
        if (request.Early) early++;
        Count(byEndpoint, request.Endpoint);
        Count(byMethod, request.Method);
        if (request.Status is { } status) Count(byStatus, status);
        if (request.Fault is { } fault) Count(byFault, fault);
        foreach (var crewCall in overlappedCrewCalls) Count(overlapsByCrewCall, crewCall);
        overlaps += request.Overlaps.Count;
        peak = Math.Max(peak, request.Concurrency);
        peakWrites = Math.Max(peakWrites, request.ConcurrentWrites);
    }

    public Tally Copy()
    {
        var copy = new Tally
        {
            requests = requests,
            reads = reads,
            writes = writes,
            commits = commits,
            overlaps = overlaps,
            early = early,
            peak = peak,
            peakWrites = peakWrites,
        };
        foreach (var (key, count) in byEndpoint) copy.byEndpoint[key] = count;
        foreach (var (key, count) in byMethod) copy.byMethod[key] = count;
        foreach (var (key, count) in byStatus) copy.byStatus[key] = count;
        foreach (var (key, count) in byFault) copy.byFault[key] = count;
        foreach (var (key, count) in overlapsByCrewCall) copy.overlapsByCrewCall[key] = count;
        return copy;
    }

    public LogMetrics Metrics(int underWay) => new()
    {
        Requests = requests,
        Reads = reads,
        Writes = writes,
        Commits = commits,
        ByEndpoint = byEndpoint,
        ByMethod = byMethod,
        ByStatus = byStatus,
        ByFault = byFault,
        PeakConcurrency = peak,
        PeakWritesPerCrewCall = peakWrites,
        OverlappingWrites = overlaps,
        OverlappingWritesByCrewCall = overlapsByCrewCall,
        EarlyRetries = early,
        UnderWay = underWay,
    };

    private static void Count<TKey>(Dictionary<TKey, long> counts, TKey key) where TKey : notnull =>
        counts[key] = counts.GetValueOrDefault(key) + 1;
}
