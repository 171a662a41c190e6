namespace FlexSimulator;

/// <summary>
/// Which requests a fault hits: those that fit all of On, Method, Path and CrewCall are counted, and of these
/// Nth, Skip, Times, Probability and For choose. Requests that are refused before they reach the API
/// (outage, rate limit, token) do not count.
/// </summary>
public sealed record FaultRule
{
    public required Fault Fault { get; init; }

    public FlexEndpoint On { get; init; } = FlexEndpoint.Any;

    public string? Method { get; init; }

    /// <summary>A regular expression for the path, with its query.</summary>
    public string? Path { get; init; }

    /// <summary>Requests of this crew call; a DELETE belongs to the crew call that owns the line.</summary>
    public string? CrewCall { get; init; }

    /// <summary>Only the n-th request, 1 for the first.</summary>
    public int? Nth { get; init; }

    /// <summary>The first so many are spared.</summary>
    public int Skip { get; init; }

    /// <summary>At most so many are hit; null: no limit.</summary>
    public int? Times { get; init; }

    /// <summary>The chance of each, by the seeded random.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>The rule lapses so long after it was added; null: never.</summary>
    public TimeSpan? For { get; init; }
}
