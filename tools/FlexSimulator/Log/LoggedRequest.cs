namespace FlexSimulator;

/// <summary>How a request ended, seen from the simulator.</summary>
public enum RequestEnding
{
    /// <summary>It is still being handled.</summary>
    Pending,

    /// <summary>An answer was sent, whole.</summary>
    Answered,

    /// <summary>The simulator broke the connection, before or in the middle of an answer.</summary>
    Broken,

    /// <summary>The client gave up first.</summary>
    ClientGone,
}

/// <summary>What the body of a request was.</summary>
public enum BodyKind
{
    None,
    Form,
    Json,
    Other,
}

/// <summary>One request, as it is known at one instant. It holds names of headers, never their values.</summary>
public sealed record LoggedRequest
{
    /// <summary>1 for the first request; never used twice.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was read, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string Query { get; init; }

    public required FlexEndpoint Endpoint { get; init; }

    /// <summary>The crew calls that it concerns; for a DELETE those that own (or owned) the lines.</summary>
    public required IReadOnlyList<string> CrewCalls { get; init; }

    /// <summary>The resource of an add-resource.</summary>
    public string? ResourceId { get; init; }

    /// <summary>The lines that it made, changed or removed.</summary>
    public IReadOnlyList<string> LineIds { get; init; } = [];

    /// <summary>The <c>x-correlation-id</c>; empty when there is none.</summary>
    public required string CorrelationId { get; init; }

    public required IReadOnlyList<string> HeaderNames { get; init; }

    public required BodyKind Body { get; init; }

    /// <summary>The status that was sent; null when none was.</summary>
    public int? Status { get; init; }

    public RequestEnding Ending { get; init; }

    /// <summary>How long it took; so far, when it is pending.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>It changed the world, be it after its answer.</summary>
    public bool Committed { get; init; }

    /// <summary>When it changed the world, counted from <see cref="At"/>.</summary>
    public TimeSpan? CommittedAfter { get; init; }

    /// <summary>The fault that was played, if any.</summary>
    public string? Fault { get; init; }

    /// <summary>Requests under way when it came, itself included.</summary>
    public int Concurrency { get; init; }

    /// <summary>Writes under way on its crew call when it came, itself included; 0 for a read.</summary>
    public int ConcurrentWrites { get; init; }

    /// <summary>The earlier writes with another correlation id on the same crew call that were under way when it came.</summary>
    public IReadOnlyList<long> Overlaps { get; init; } = [];

    /// <summary>It repeats a request (same method and path) before the time that a Retry-After had named.</summary>
    public bool Early { get; init; }
}
