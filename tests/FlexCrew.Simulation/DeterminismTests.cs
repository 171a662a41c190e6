using FlexCrew.Simulation.Planted;
using FlexCrew.Simulation.Scenarios;

namespace FlexCrew.Simulation;

/// <summary>What makes a seed worth printing.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public void A_seed_always_goes_the_same_way()
    {
        foreach (var seed in Enumerable.Range(1, 50))
        {
            var (once, again) = (Simulation.Run(Scenario.Of(seed), traced: true), Simulation.Run(Scenario.Of(seed), traced: true));
            Assert.NotEmpty(once.Trace);
            Assert.Equal(once.Trace, again.Trace);
            Assert.Equal(once.Steps, again.Steps);
        }
    }

    [Fact]
    public void Every_kind_of_fault_happens()
    {
        var traces = Enumerable.Range(1, 400).SelectMany(seed => Simulation.Run(Scenario.Of(seed), traced: true).Trace).ToList();
        string[] signs =
        [
            .. Enum.GetNames<WriteFate>().Select(fate => $": {fate} →"),
            "HTTP 503", "did not answer", "login page", "malformed", "connection lost", "the worker dies", " dies", ".late", "Coalesced",
            "Busy", "another writer", "withheld",
            "assigns", "unassigns", "changes the role", "deletes line", "adds line", "sets the role", "points job", "the resource none",
            "-new",
        ];
        Assert.All(signs, sign => Assert.Contains(traces, line => line.Contains(sign, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_failing_scenario_is_shrunk_to_one_that_fails_as_well()
    {
        var seed = Search.FirstBreach(1, 2_000, PlantedBug.BlindRetry)!.Value;
        var whole = Scenario.Of(seed);

        var smallest = Shrinker.Shrink(whole, PlantedBug.BlindRetry);

        Assert.Equal("P4", Simulation.Run(smallest, PlantedBug.BlindRetry).Breach?.Promise);
        Assert.True(smallest.Happenings.Count < whole.Happenings.Count);
        Assert.Single(smallest.OnlyFaults!);
    }
}
