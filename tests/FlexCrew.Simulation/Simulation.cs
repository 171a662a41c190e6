using FlexCrew.Simulation.Planted;
using FlexCrew.Simulation.Promises;
using FlexCrew.Simulation.Running;
using FlexCrew.Simulation.Scenarios;

namespace FlexCrew.Simulation;

/// <summary>What came of a simulation.</summary>
internal sealed record Verdict(Breach? Breach, IReadOnlyList<string> Faults, int Steps, IReadOnlyList<string> Trace);

/// <summary>Runs one scenario to its end. The same scenario always goes the same way.</summary>
internal static class Simulation
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static Verdict Run(Scenario scenario, PlantedBug planted = PlantedBug.None, bool traced = false)
    {
        var world = new World(scenario, planted, traced);
        Setting.SetUp(world);
        var left = scenario.Happenings.Count;
        foreach (var (at, what) in scenario.Happenings)
        {
            world.Scheduler.After(at, () =>
            {
                left--;
                what.Do(world);
            });
        }

        world.Scheduler.Run(() => left == 0 || world.Judge.Breach is not null, world.Now + Longest);
        if (world.Judge.Breach is null) new Convergence(world).Check();
        return new Verdict(world.Judge.Breach, world.Faults.Happened, world.Scheduler.Steps, world.Lines);
    }
}
