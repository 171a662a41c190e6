using System.Text.Json.Serialization;

namespace FlexCrew;

/// <summary>What went wrong, as far as the caller can act on it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureKind>))]
public enum FailureKind
{
    /// <summary>A defect of FlexCrew itself, or something nobody foresaw.</summary>
    Unexpected,

    /// <summary>Flex did not answer, answered too late, or said that it cannot now (408, 429, 5xx).</summary>
    FlexUnavailable,

    /// <summary>Flex understood the request and refused it (another 4xx).</summary>
    FlexRejected,

    /// <summary>Flex refused the token, or the base URL is wrong, which looks the same: 401, 403, a login page or a redirect.</summary>
    FlexToken,

    /// <summary>Flex answered 2xx with something that cannot be understood.</summary>
    FlexUnreadable,

    /// <summary>A database query failed.</summary>
    Database,

    /// <summary>Another run holds the crew call now: this run must not write any more.</summary>
    LeaseLost,

    /// <summary>What the write was for has changed since it was planned, so that it was not sent.</summary>
    NotWanted,

    /// <summary>The run reached its deadline.</summary>
    DeadlineExceeded,
}

/// <summary>
/// An expected failure, as a value: it crosses steps, activities and hosts unchanged.
/// </summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Message">One sentence that may be shown to the user: no SQL, no secret, no stack trace.</param>
/// <param name="Retryable">Whether the same call may succeed later without anybody changing anything.</param>
/// <param name="Status">The HTTP status that Flex answered with, if it answered.</param>
/// <param name="RetryAfter">How long Flex asked to wait, if it did.</param>
public sealed record Failure(
    FailureKind Kind,
    string Message,
    bool Retryable = false,
    int? Status = null,
    TimeSpan? RetryAfter = null);
