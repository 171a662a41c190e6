namespace FlexCrew.Flex.Reading;

/// <summary>The failures that are worded in more than one place.</summary>
internal static class Failures
{
    /// <summary>The token has expired: Flex shows its login page.</summary>
    public static Failure LoginPage { get; } = new(FailureKind.FlexToken, "The Flex token was refused (login page)");

    /// <summary>Flex answered 2xx with something that cannot be understood.</summary>
    public static Failure Unreadable(string message, bool retryable = false) =>
        new(FailureKind.FlexUnreadable, message, retryable);
}
