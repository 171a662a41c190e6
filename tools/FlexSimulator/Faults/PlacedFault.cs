using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FlexSimulator;

/// <summary>A rule in force, and what has become of it.</summary>
public sealed class PlacedFault
{
    private readonly FlexFaults faults;
    private readonly Regex? path;
    private readonly long addedAt = Stopwatch.GetTimestamp();
    private readonly CancellationTokenSource released = new();
    private int seen;
    private int played;

    internal PlacedFault(FlexFaults faults, string id, FaultRule rule)
    {
        (this.faults, Id, Rule) = (faults, id, rule);
        if (rule.Path is { } pattern)
            path = new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    public string Id { get; }

    public FaultRule Rule { get; }

    /// <summary>Requests that the rule fits.</summary>
    public int Seen => Volatile.Read(ref seen);

    /// <summary>Requests that were hit.</summary>
    public int Played => Volatile.Read(ref played);

    /// <summary>Lets go of the requests that a Hold or a Hang keeps, and hits no more.</summary>
    public void Release() => faults.Remove(Id);

    /// <summary>Waits until so many requests were hit.</summary>
    /// <exception cref="TimeoutException">There were too few in time (default 10 s).</exception>
    public Task WaitUntilPlayedAsync(int times = 1, TimeSpan? timeout = null) =>
        faults.Changed.WaitUntilAsync(() => Played >= times, timeout);

    internal CancellationToken Released => released.Token;

    internal void LetGo() => released.Cancel();

    /// <summary>Counts the request when it fits, and tells whether it is hit. Under the faults' lock.</summary>
    internal bool Hits(LoggedRequest request, Random random)
    {
        if ((request.Endpoint & Rule.On) == 0) return false;
        if (Rule.Method is { } method && !FlexWorld.Same(method, request.Method)) return false;
        if (Rule.CrewCall is { } crewCall && !request.CrewCalls.Contains(crewCall, StringComparer.OrdinalIgnoreCase)) return false;
        if (path is not null && !path.IsMatch(request.Path + request.Query)) return false;

        seen++;
        if (Rule.For is { } limit && Stopwatch.GetElapsedTime(addedAt) > limit) return false;
        if (seen <= Rule.Skip) return false;
        if (Rule.Nth is { } nth && seen != nth + Rule.Skip) return false;
        return Rule.Times is not { } times || played < times
            ? Rule.Probability >= 1 || random.NextDouble() < Rule.Probability
            : false;
    }

    internal void Play() => played++;
}
