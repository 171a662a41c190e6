namespace FlexCrew.Bench.Simulator;

/// <summary>What the simulator has counted since its log was cleared.</summary>
internal sealed record RequestCounts
{
    private static readonly string[] Listings = ["row-data", "find-row-data", "line-items", "children", "single"];
    private static readonly int[] Refusals = [429, 503];

    public long Requests { get; init; }

    /// <summary>By the simulator's names of its endpoints.</summary>
    public IReadOnlyDictionary<string, long> ByEndpoint { get; init; } = new Dictionary<string, long>();

    public IReadOnlyDictionary<int, long> ByStatus { get; init; } = new Dictionary<int, long>();

    /// <summary>The most requests under way at once.</summary>
    public int PeakConcurrency { get; init; }

    public long OverlappingWrites { get; init; }

    public int UnderWay { get; init; }

    public long Reads => Listings.Sum(Of);

    public long Adds => Of("add-resource");

    public long Roles => Of("set-role");

    public long Deletions => Of("delete") + Of("bulk-delete");

    /// <summary>Answered with 429 or 503.</summary>
    public long Refused => Refusals.Sum(status => ByStatus.GetValueOrDefault(status));

    private long Of(string endpoint) => ByEndpoint.GetValueOrDefault(endpoint);
}
