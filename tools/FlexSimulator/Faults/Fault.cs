namespace FlexSimulator;

/// <summary>Something that goes wrong with one request. Made by the methods below.</summary>
public sealed record Fault
{
    public required FaultKind Kind { get; init; }

    public FaultCommit Commit { get; init; }

    /// <summary>For <see cref="FaultCommit.Later"/>: how long after the request came.</summary>
    public TimeSpan CommitAfter { get; init; }

    public int Status { get; init; } = 503;

    /// <summary>Headers of a Status, such as Retry-After.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body of Status, HtmlPage, MalformedJson or WrongShape; the Location of Redirect; null for the usual one.</summary>
    public string? Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>How long a Hang lasts (null: until the client gives up), or a Delay.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>The pause before each byte of a SlowDrip.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The length of a HugeBody.</summary>
    public long Bytes { get; init; } = 50 * 1024 * 1024;

    public static Fault Answer(int status, TimeSpan? retryAfter = null, string? body = null) => new()
    {
        Kind = FaultKind.Status,
        Status = status,
        Body = body,
        Headers = retryAfter is { } wait
            ? new Dictionary<string, string> { ["Retry-After"] = Math.Ceiling(wait.TotalSeconds).ToString("0") }
            : new Dictionary<string, string>(),
    };

    public static Fault Hang(TimeSpan? @for = null) => new() { Kind = FaultKind.Hang, For = @for };

    public static Fault Reset() => new() { Kind = FaultKind.Reset };

    public static Fault Close() => new() { Kind = FaultKind.Close };

    public static Fault HtmlPage() => new() { Kind = FaultKind.HtmlPage };

    public static Fault Redirect(string? location = null) => new() { Kind = FaultKind.Redirect, Body = location };

    public static Fault MalformedJson() => new() { Kind = FaultKind.MalformedJson };

    public static Fault TruncatedBody() => new() { Kind = FaultKind.TruncatedBody };

    public static Fault WrongShape(string? json = null) => new() { Kind = FaultKind.WrongShape, Body = json };

    public static Fault EmptyBody() => new() { Kind = FaultKind.EmptyBody };

    public static Fault EmptyList() => new() { Kind = FaultKind.EmptyList };

    public static Fault SlowDrip(TimeSpan interval) => new() { Kind = FaultKind.SlowDrip, Interval = interval };

    public static Fault HugeBody(long bytes = 50 * 1024 * 1024) => new() { Kind = FaultKind.HugeBody, Bytes = bytes };

    public static Fault Delay(TimeSpan by) => new() { Kind = FaultKind.Delay, For = by };

    public static Fault Hold() => new() { Kind = FaultKind.Hold };

    /// <summary>The same, after the write has changed the world: applied, and its answer lost.</summary>
    public Fault AfterCommit() => this with { Commit = FaultCommit.First };

    /// <summary>The same, and the write changes the world that much later.</summary>
    public Fault CommittedLater(TimeSpan after) => this with { Commit = FaultCommit.Later, CommitAfter = after };
}
