using FlexCrew.Simulation.Planted;
using FlexCrew.Simulation.Scenarios;

namespace FlexCrew.Simulation;

/// <summary>What a failing seed says to people: the breach, how to replay it, and the smallest scenario that still breaks.</summary>
internal static class Report
{
    public static string Of(int seed, PlantedBug planted = PlantedBug.None)
    {
        var scenario = Scenario.Of(seed);
        var smallest = Shrinker.Shrink(scenario, planted);
        var verdict = Simulation.Run(smallest, planted, traced: true);
        return verdict.Breach is null
            ? $"Seed {seed} breaks no promise"
            : $"""
              Seed {seed} breaks {verdict.Breach}
              Replay: scripts/soak --seed {seed}
              Shrunk from {scenario.Happenings.Count} happenings to {smallest.Happenings.Count}, with {verdict.Faults.Count} faults:
              {smallest.Shape}
              {string.Join(Environment.NewLine, verdict.Trace)}
              """;
    }
}
