using System.Diagnostics;

namespace FlexSimulator;

/// <summary>Until when each request should not be repeated, by the Retry-After that was sent.</summary>
internal sealed class RetryTimes
{
    private const int Most = 10_000;

    /// <summary>Timers of clients are not exact.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<(string Method, string Path), long> notBefore = [];

    public void Set(string method, string path, TimeSpan wait)
    {
        if (notBefore.Count >= Most) notBefore.Clear();
        notBefore[(method, path)] = Stopwatch.GetTimestamp() + (long)((wait - Tolerance).TotalSeconds * Stopwatch.Frequency);
    }

    public bool IsEarly(string method, string path, long at) =>
        notBefore.TryGetValue((method, path), out var until) && at < until;

    public void Clear() => notBefore.Clear();
}
