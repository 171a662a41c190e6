using System.Diagnostics;
using System.Globalization;

namespace FlexSimulator;

/// <summary>The rate limit, over a sliding window.</summary>
internal sealed class Throttle
{
    private readonly Lock gate = new();
    private readonly Queue<long> admitted = new();

    public Answer? Refuse(RateLimit? limit)
    {
        if (limit is null) return null;
        TimeSpan wait;
        lock (gate)
        {
            while (admitted.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest) >= limit.Window) admitted.Dequeue();
            if (admitted.Count < limit.Requests)
            {
                admitted.Enqueue(Stopwatch.GetTimestamp());
                return null;
            }
            wait = admitted.TryPeek(out var first) ? limit.Window - Stopwatch.GetElapsedTime(first) : limit.Window;
        }
        var answer = Answer.Error(429, "Too many requests.");
        return RetryAfter(limit.RetryAfter, wait) is { } text
            ? answer with { Headers = new Dictionary<string, string> { ["Retry-After"] = text } }
            : answer;
    }

    public void Clear()
    {
        lock (gate) admitted.Clear();
    }

    private static string? RetryAfter(RetryAfterForm form, TimeSpan wait) => form switch
    {
        RetryAfterForm.Seconds => Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture),
        RetryAfterForm.HttpDate => (DateTimeOffset.UtcNow + wait + TimeSpan.FromSeconds(1)).ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };
}
