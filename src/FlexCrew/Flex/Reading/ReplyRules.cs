namespace FlexCrew.Flex.Reading;

/// <summary>What a reply means before its content is looked at.</summary>
internal static class ReplyRules
{
    /// <summary>Why the reply is no success; null when it is a 2xx whose body may be read.</summary>
    public static Failure? FailureOf(FlexReply reply) => reply.Status switch
    {
        null => reply.Problem ?? new(FailureKind.Unexpected, "Flex did not answer"),
        401 => ReplyFailures.Unauthorized,
        403 => ReplyFailures.Forbidden(HtmlPage.Is(reply.Body.Span)),
        >= 300 and < 400 and var status => ReplyFailures.Redirected(status),
        >= 200 and < 300 => SuccessProblem(reply),
        408 or 425 or 429 => Unavailable(reply, retryable: true),
        501 => Unavailable(reply, retryable: false),
        >= 500 => Unavailable(reply, retryable: true),
        _ => new(FailureKind.FlexRejected, Sentence(reply), Status: reply.Status),
    };

    /// <summary>The status, or the problem, in one word for logs and metrics: a login page that comes with a 200 is no success.</summary>
    public static string LabelOf(FlexReply reply) =>
        reply.Status is >= 200 and < 300 && FailureOf(reply) is { Kind: FailureKind.FlexToken } ? "login-page" : reply.Label;

    /// <summary>Whether the reply is a sign of an outage, as the circuit breaker counts it.</summary>
    public static bool IsOutage(FlexReply reply) => reply.Status switch
    {
        501 => false,
        >= 500 => true,
        _ => reply.Problem?.Kind == FailureKind.FlexUnavailable,
    };

    /// <summary>Whether Flex objects to the load: it refused because of it (429, 503), or did not answer in time.</summary>
    public static bool IsObjection(FlexReply reply) => reply is { Status: 429 or 503 } or { ProblemName: FlexReply.Timeout };

    /// <summary>Whether a read is worth another attempt.</summary>
    public static bool MayReadAgain(FlexReply reply) =>
        FailureOf(reply) is { Kind: FailureKind.FlexUnavailable, Retryable: true };

    private static Failure? SuccessProblem(FlexReply reply) => reply switch
    {
        { Problem: { } problem } => problem with { Status = reply.Status },
        _ when HtmlPage.Is(reply.Body.Span) => ReplyFailures.LoginPage with { Status = reply.Status },
        { ErrorText: { } text } =>
            Unreadable(reply, text.Length > 0 ? $"Flex answered with an error: {text}" : "Flex answered with an error"),
        { Status: 206 } => Unreadable(reply, "Flex answered with a part of the content (HTTP 206)"),
        _ => null,
    };

    private static Failure Unreadable(FlexReply reply, string message) => ReplyFailures.Unreadable(message) with { Status = reply.Status };

    private static Failure Unavailable(FlexReply reply, bool retryable) =>
        new(FailureKind.FlexUnavailable, Sentence(reply), retryable, reply.Status, reply.RetryAfter);

    private static string Sentence(FlexReply reply) =>
        reply.ErrorText is { Length: > 0 } text ? $"Flex answered HTTP {reply.Status}: {text}" : $"Flex answered HTTP {reply.Status}";
}
