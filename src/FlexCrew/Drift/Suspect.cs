using FlexCrew.Database;

namespace FlexCrew.Drift;

/// <summary>
/// A crew call during a check. What a single look sees may be a change under way: drift is what two looks see, a while apart, and while
/// no run writes to the crew call. Pure.
/// </summary>
/// <param name="CrewCall">The crew call.</param>
internal sealed record Suspect(UpcomingCrewCall CrewCall)
{
    /// <summary>What the look before saw; null before the first, and where a run was writing.</summary>
    public IReadOnlyList<DriftDifference>? Seen { get; private init; }

    /// <summary>What is known of it.</summary>
    public DriftVerdict Verdict { get; private init; } = DriftVerdict.Open;

    /// <summary>What drifted.</summary>
    public IReadOnlyList<DriftDifference> Drift { get; private init; } = [];

    /// <summary>The newest look.</summary>
    public Sight Sight { get; private init; } = new();

    /// <summary>How often it was looked at.</summary>
    public int Looks { get; private init; }

    /// <summary>Requests sent to Flex in all looks.</summary>
    public int FlexRequests { get; private init; }

    /// <summary>How long all looks took.</summary>
    public TimeSpan Took { get; private init; }

    /// <summary>The same after one more look.</summary>
    public Suspect After(Sight sight)
    {
        var looked = this with
        {
            Sight = sight,
            Looks = Looks + 1,
            FlexRequests = FlexRequests + sight.FlexRequests,
            Took = Took + sight.Took,
        };
        if (sight.Failure is not null) return looked with { Verdict = DriftVerdict.Failed };
        if (sight.IsBusy) return looked with { Seen = null };
        if (sight.Differences.Count == 0) return looked with { Verdict = DriftVerdict.Settled };
        IReadOnlyList<DriftDifference> lasting = [.. sight.Differences.Intersect(Seen ?? [])];
        return lasting.Count > 0
            ? looked with { Verdict = DriftVerdict.Drift, Drift = lasting }
            : looked with { Seen = sight.Differences };
    }
}

/// <summary>What a check comes to about a crew call.</summary>
internal enum DriftVerdict
{
    /// <summary>It has to be looked at again; at the end of a check: it was changing all the time.</summary>
    Open,

    /// <summary>All is as it should be.</summary>
    Settled,

    /// <summary>Something differs, and lasts.</summary>
    Drift,

    /// <summary>It could not be looked at.</summary>
    Failed,
}
