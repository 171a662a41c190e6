namespace FlexSimulator;

/// <summary>What is broken: faults of single requests, and the outage of the whole. Safe to use from any thread.</summary>
public sealed class FlexFaults
{
    private readonly Lock gate = new();
    private readonly List<PlacedFault> rules = [];
    private readonly Random random;
    private int lastId;

    internal FlexFaults(int seed, Outage outage, LateCommits late) =>
        (random, Outage, Late) = (new Random(seed), outage, late);

    /// <summary>The rules in force, in the order in which they are asked; the first that hits is played.</summary>
    public IReadOnlyList<PlacedFault> Placed
    {
        get { lock (gate) return [.. rules]; }
    }

    /// <summary>Writes that are answered (or given up) already and will change the world later.</summary>
    public int PendingCommits => Late.Pending;

    /// <summary>How Flex is down; null when it is not.</summary>
    public OutageKind? Down => Outage.Kind;

    internal Signal Changed { get; } = new();

    internal Outage Outage { get; }

    internal LateCommits Late { get; }

    /// <summary>Puts a rule in force.</summary>
    /// <exception cref="ArgumentException">Its path is not a regular expression, or a number is out of range.</exception>
    public PlacedFault Add(FaultRule rule)
    {
        FaultRules.Validate(rule);
        lock (gate)
        {
            var placed = new PlacedFault(this, $"fault-{++lastId}", rule);
            rules.Add(placed);
            return placed;
        }
    }

    /// <summary>A fault of one endpoint, or several: of every request, unless told otherwise.</summary>
    public PlacedFault Add(FlexEndpoint on, Fault fault, int? nth = null, int? times = null) =>
        Add(new FaultRule { On = on, Fault = fault, Nth = nth, Times = times });

    /// <summary>Ends a rule and lets go of the requests that it keeps; false when there is none.</summary>
    public bool Remove(string id)
    {
        PlacedFault? removed;
        lock (gate)
        {
            removed = rules.Find(rule => rule.Id == id);
            if (removed is null) return false;
            rules.Remove(removed);
        }
        removed.LetGo();
        return true;
    }

    /// <summary>Ends every rule and the outage. Commits that are to come later still come.</summary>
    public async Task ClearAsync()
    {
        foreach (var placed in Placed) Remove(placed.Id);
        await GoUpAsync();
    }

    /// <summary>Takes the whole of Flex down.</summary>
    /// <param name="kind">How it looks from outside.</param>
    /// <param name="duration">After which it comes up again by itself; null: when told.</param>
    /// <param name="retryAfter">Sent with a 503.</param>
    public Task GoDownAsync(OutageKind kind, TimeSpan? duration = null, TimeSpan? retryAfter = null) =>
        Outage.BeginAsync(kind, duration, retryAfter);

    /// <summary>Ends the outage; requests that hung in it are reset.</summary>
    public Task GoUpAsync() => Outage.EndAsync();

    /// <summary>Waits until every late commit has happened.</summary>
    /// <exception cref="TimeoutException">They did not in time (default 10 s).</exception>
    public Task WaitForLateCommitsAsync(TimeSpan? timeout = null) => Late.WaitAsync(timeout);

    /// <summary>The fault that hits the request; each rule that the request fits counts it.</summary>
    internal PlacedFault? Match(LoggedRequest request)
    {
        PlacedFault? hit = null;
        lock (gate)
        {
            foreach (var rule in rules)
            {
                if (rule.Hits(request, random)) hit ??= rule;
            }
            hit?.Play();
        }
        if (hit is not null) Changed.Raise();
        return hit;
    }
}
