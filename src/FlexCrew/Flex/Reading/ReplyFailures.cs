namespace FlexCrew.Flex.Reading;

/// <summary>
/// The failures that several readers tell in the same words. Flex refuses a token in several ways, and a wrong base URL
/// looks much the same; so each sentence names what to look at.
/// </summary>
internal static class ReplyFailures
{
    /// <summary>Flex shows a page for people, with status 200, where it should have answered with data.</summary>
    public static Failure LoginPage { get; } = new(
        FailureKind.FlexToken, "The Flex token was refused (login page): it is no longer valid, or FLEX_API_BASE_URL is wrong");

    /// <summary>Flex answered 401: by what Flex publishes, only a token that it does not know gets that everywhere.</summary>
    public static Failure Unauthorized { get; } = new(
        FailureKind.FlexToken, "The Flex token was refused (HTTP 401): it is wrong or revoked, or its user is locked", Status: 401);

    /// <summary>Flex answered 403: a token has the rights of its user, and a URL without <c>/f5</c> is answered so too.</summary>
    public static Failure Forbidden(bool page) => new(
        FailureKind.FlexToken,
        page
            ? "The Flex token was refused (HTTP 403 with an HTML page): FLEX_API_BASE_URL is probably wrong, it ends in /f5/api"
            : "The Flex token was refused (HTTP 403): its user may lack a right in Flex, or FLEX_API_BASE_URL is wrong",
        Status: 403);

    /// <summary>Flex answered with the way to another page, which is not followed.</summary>
    public static Failure Redirected(int status) => new(
        FailureKind.FlexToken,
        $"The Flex token was refused (HTTP {status}, redirected): it is no longer valid, or FLEX_API_BASE_URL is wrong", Status: status);

    /// <summary>Flex answered 2xx with something that cannot be understood.</summary>
    public static Failure Unreadable(string message, bool retryable = false) =>
        new(FailureKind.FlexUnreadable, message, retryable);
}
