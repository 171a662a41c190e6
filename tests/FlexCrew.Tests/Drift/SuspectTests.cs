using FlexCrew.Database;
using FlexCrew.Drift;

namespace FlexCrew.Tests.Drift;

/// <summary>What a check makes of one look after the other.</summary>
public sealed class SuspectTests
{
    private static readonly DriftDifference Ana = new("missing_in_flex", Make.Tech(1));
    private static readonly DriftDifference Luis = new("duplicate", Make.Tech(2), "line-2");
    private static readonly Sight Busy = new() { IsBusy = true };
    private static readonly Sight Right = new();

    [Fact]
    public void One_look_at_what_is_right_will_do() => Assert.Equal(DriftVerdict.Settled, After(Right).Verdict);

    [Fact]
    public void One_look_at_what_differs_says_nothing() => Assert.Equal(DriftVerdict.Open, After(Sees(Ana)).Verdict);

    [Fact]
    public void What_two_looks_see_is_drift_and_what_only_one_sees_is_not()
    {
        var suspect = After(Sees(Ana, Luis), Sees(Luis));

        Assert.Equal(DriftVerdict.Drift, suspect.Verdict);
        Assert.Equal([Luis], suspect.Drift);
    }

    [Fact]
    public void Looks_that_see_different_things_leave_it_open()
    {
        Assert.Equal(DriftVerdict.Open, After(Sees(Ana), Sees(Luis)).Verdict);
        Assert.Equal(DriftVerdict.Drift, After(Sees(Ana), Sees(Luis), Sees(Luis)).Verdict);
    }

    [Fact]
    public void What_was_seen_before_a_run_counts_for_nothing_after_it() =>
        Assert.Equal(DriftVerdict.Open, After(Sees(Ana), Busy, Sees(Ana)).Verdict);

    [Fact]
    public void What_is_put_right_between_the_looks_has_not_drifted() =>
        Assert.Equal(DriftVerdict.Settled, After(Sees(Ana), Right).Verdict);

    [Fact]
    public void A_look_that_failed_tells_nothing() => Assert.Equal(
        DriftVerdict.Failed, After(Sees(Ana), new Sight { Failure = new Failure(FailureKind.FlexUnavailable, "away") }).Verdict);

    [Fact]
    public void Requests_and_time_of_all_looks_add_up()
    {
        var sight = Sees(Ana) with { FlexRequests = 2, Took = TimeSpan.FromSeconds(1) };
        var suspect = After(sight, sight);

        Assert.Equal((2, 4, TimeSpan.FromSeconds(2)), (suspect.Looks, suspect.FlexRequests, suspect.Took));
    }

    private static Sight Sees(params DriftDifference[] differences) => new() { Differences = differences };

    private static Suspect After(params Sight[] sights) =>
        sights.Aggregate(new Suspect(new UpcomingCrewCall(Guid.Empty, "sound")), (suspect, sight) => suspect.After(sight));
}
