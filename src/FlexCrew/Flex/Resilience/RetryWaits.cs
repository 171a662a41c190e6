using FlexCrew.Flex.Reading;

namespace FlexCrew.Flex.Resilience;

/// <summary>How long a call waits before its next attempt, where the usual back-off is not right.</summary>
internal static class RetryWaits
{
    private const int Growth = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The wait before the next attempt; null means the usual back-off. What Flex asks for comes first. A 429 that does not
    /// say how long may come from a moment of too many requests at once, so the first wait is the usual one; a second 429
    /// makes a used-up budget more likely, so the waits grow faster than usual.
    /// </summary>
    /// <param name="reply">The reply to the last attempt.</param>
    /// <param name="retriesSoFar">Retries of the call before this one.</param>
    /// <param name="first">The usual wait before the first retry.</param>
    public static TimeSpan? Before(FlexReply reply, int retriesSoFar, TimeSpan first)
    {
        if (reply.RetryAfter is { } asked) return asked;
        if (reply.Status != 429) return null;
        return TimeSpan.FromSeconds(Math.Min(first.TotalSeconds * Math.Pow(Growth, retriesSoFar), Longest.TotalSeconds));
    }
}
