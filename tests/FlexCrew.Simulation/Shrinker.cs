using FlexCrew.Simulation.Planted;
using FlexCrew.Simulation.Scenarios;

namespace FlexCrew.Simulation;

/// <summary>Leaves out of a failing scenario whatever it fails without.</summary>
internal static class Shrinker
{
    private const int MostRuns = 600;

    public static Scenario Shrink(Scenario scenario, PlantedBug planted = PlantedBug.None)
    {
        var first = Simulation.Run(scenario, planted);
        if (first.Breach is not { Promise: var promise }) return scenario;
        var runs = 0;
        var smallest = scenario with { OnlyFaults = first.Faults.ToHashSet() };
        for (var size = -1; size != Size(smallest) && runs < MostRuns;)
        {
            size = Size(smallest);
            smallest = Without(smallest, [.. smallest.OnlyFaults!], (kept, left) => kept with { OnlyFaults = left.ToHashSet() });
            smallest = Without(smallest, smallest.Happenings, (kept, left) => kept with { Happenings = left });
        }

        return smallest;

        bool StillFails(Scenario smaller) => ++runs <= MostRuns && Simulation.Run(smaller, planted).Breach?.Promise == promise;

        // First large pieces, then smaller ones, then one by one.
        Scenario Without<T>(Scenario from, IReadOnlyList<T> all, Func<Scenario, IReadOnlyList<T>, Scenario> with)
        {
            var (best, parts) = (from, all);
            for (var length = Math.Max(1, all.Count / 2); length > 0; length /= 2)
            {
                for (var start = 0; start < parts.Count;)
                {
                    var fewer = parts.Where((_, index) => index < start || index >= start + length).ToList();
                    var smaller = with(best, fewer);
                    if (StillFails(smaller)) (best, parts) = (smaller, fewer);
                    else start += length;
                }
            }

            return best;
        }
    }

    private static int Size(Scenario scenario) => scenario.Happenings.Count + scenario.OnlyFaults!.Count;
}
