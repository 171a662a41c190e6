using System.Globalization;
using System.Net.Http.Headers;

namespace FlexCrew.Flex.Transport;

/// <summary>Reads <c>Retry-After</c>: seconds, or a date.</summary>
internal static class RetryAfterHeader
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>How long to wait from <paramref name="now"/> on, at most a day; null when the value says nothing.</summary>
    public static TimeSpan? Parse(string? value, DateTimeOffset now)
    {
        value = value?.Trim();
        if (value is { Length: > 0 } && value.All(char.IsAsciiDigit))
        {
            return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? Clamp(TimeSpan.FromSeconds(Math.Min(seconds, (long)Longest.TotalSeconds)))
                : Longest;
        }

        return RetryConditionHeaderValue.TryParse(value, out var parsed) && parsed.Date is { } date ? Clamp(date - now) : null;
    }

    private static TimeSpan Clamp(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}
