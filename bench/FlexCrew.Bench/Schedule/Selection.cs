using FlexCrew.Bench.Simulator;
using FlexCrew.Bench.Worlds;

namespace FlexCrew.Bench.Schedule;

/// <summary>What is compared, in order.</summary>
internal static class Selection
{
    /// <summary>The whole table.</summary>
    public static IReadOnlyList<Cell> Whole { get; } =
    [
        .. Cells([150], [Trouble.None], [.. Scenario.All.Where(scenario => scenario.Name != "three-hundred-new").Select(scenario => scenario.Name)]),
        .. Cells([10], [Trouble.None], ["settled", "usual-click", "sixty-new", "three-hundred-new", "twenty-jobs"]),
        .. Cells([0], [Trouble.None], ["settled", "usual-click"]),
        .. Cells([500], [Trouble.None], ["usual-click"]),
        .. Cells([150], [.. Trouble.All.Where(trouble => trouble != Trouble.None)], ["eight-new", "twenty-jobs"]),
    ];

    /// <summary>A minute's worth.</summary>
    public static IReadOnlyList<Cell> Quick { get; } = Cells([150], [Trouble.None], ["settled", "one-added", "usual-click", "eight-new"]);

    /// <summary>Every combination of what was named; what was not named is every world, 150 ms, and no trouble.</summary>
    public static IReadOnlyList<Cell> Of(IReadOnlyList<string> scenarios, IReadOnlyList<int> latencies, IReadOnlyList<string> troubles) => Cells(
        latencies.Count > 0 ? latencies : [150],
        troubles.Count > 0 ? [.. troubles.Select(Trouble.Named)] : [Trouble.None],
        scenarios.Count > 0 ? scenarios : [.. Scenario.All.Select(scenario => scenario.Name)]);

    private static IReadOnlyList<Cell> Cells(IReadOnlyList<int> latencies, IReadOnlyList<Trouble> troubles, IReadOnlyList<string> scenarios) =>
    [
        .. from trouble in troubles
           from latency in latencies
           from scenario in scenarios
           select new Cell(Scenario.Named(scenario), latency, trouble),
    ];
}
