using System.Collections.Concurrent;
using FlexCrew.Simulation.Planted;
using FlexCrew.Simulation.Scenarios;

namespace FlexCrew.Simulation;

/// <summary>Runs seeds on all cores until one breaks a promise.</summary>
internal static class Search
{
    /// <summary>The smallest seed that breaks a promise, of those that were run before the search stopped; null when none does.</summary>
    public static int? FirstBreach(int from, int count, PlantedBug planted = PlantedBug.None)
    {
        var found = new ConcurrentBag<int>();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (offset, state) =>
        {
            if (state.ShouldExitCurrentIteration) return;
            if (Simulation.Run(Scenario.Of(from + offset), planted).Breach is null) return;
            found.Add(from + offset);
            state.Break();
        });
        return found.IsEmpty ? null : found.Min();
    }
}
