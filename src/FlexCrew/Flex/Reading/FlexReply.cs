namespace FlexCrew.Flex.Reading;

/// <summary>
/// What one attempt brought: an answer, a broken answer, or none. <see cref="ReplyRules"/> and <see cref="WriteRules"/> say what it
/// means.
/// </summary>
internal sealed record FlexReply
{
    /// <summary>The name of the problem that Flex did not answer in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>The HTTP status; null when no answer began.</summary>
    public int? Status { get; init; }

    /// <summary>The whole body; empty when it was not read to its end.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How long Flex asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What Flex itself says went wrong, fit to be shown; empty when it does not say what, null when it says nothing.</summary>
    public string? ErrorText { get; init; }

    /// <summary>Why there is no answer, or no whole one; null when there is.</summary>
    public Failure? Problem { get; init; }

    /// <summary>The problem in one word, for metrics.</summary>
    public string? ProblemName { get; init; }

    /// <summary>Whether Flex may have received the request.</summary>
    public bool Sent { get; init; } = true;

    /// <summary>The status, or the problem, in one word.</summary>
    public string Label => ProblemName ?? Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none";

    /// <summary>This head of an answer, whose body did not come.</summary>
    public FlexReply Broken(string name, string message) => this with
    {
        Problem = new(FailureKind.FlexUnavailable, message, Retryable: true, RetryAfter: RetryAfter),
        ProblemName = name,
    };

    /// <summary>The guard of the write refused: nothing was sent.</summary>
    public static FlexReply Withheld(Failure refusal) => new() { Sent = false, Problem = refusal, ProblemName = "withheld" };

    /// <summary>No answer.</summary>
    public static FlexReply None(string name, string message, bool sent, TimeSpan? retryAfter = null) =>
        new FlexReply { Sent = sent, RetryAfter = retryAfter }.Broken(name, message);
}
