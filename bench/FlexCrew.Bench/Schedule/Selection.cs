using FlexCrew.Bench.Simulator;
using FlexCrew.Bench.Worlds;

namespace FlexCrew.Bench.Schedule;

/// <summary>What is compared, in order.</summary>
internal static class Selection
{
    /// <summary>The whole table.</summary>
    public static IReadOnlyList<Contest> Whole { get; } =
    [
        .. Contests([150], [Trouble.None], [.. Names.Where(name => name != "three-hundred-new")]),
        .. Contests([10], [Trouble.None], ["settled", "usual-click", "sixty-new", "three-hundred-new", "twenty-jobs"]),
        .. Contests([0], [Trouble.None], ["settled", "usual-click"]),
        .. Contests([500], [Trouble.None], ["usual-click"]),
        .. Contests([150], [Trouble.Named("faults"), Trouble.Named("rate-limited")], ["eight-new", "twenty-jobs"]),
        .. Contests([150], [Trouble.Named("at-most-30"), Trouble.Named("room-for-ten")], ["twenty-jobs"]),
    ];

    /// <summary>A minute's worth.</summary>
    public static IReadOnlyList<Contest> Quick { get; } =
    [
        .. Contests([150], [Trouble.None], ["settled", "one-added", "usual-click", "eight-new"]),
        .. Contests([10], [Trouble.None], ["sixty-new"]),
    ];

    /// <summary>Every combination of what was named; what was not named is every world, 150 ms, and no trouble.</summary>
    public static IReadOnlyList<Contest> Of(string[] scenarios, int[] latencies, string[] troubles) => Contests(
        latencies.Length > 0 ? latencies : [150],
        troubles.Length > 0 ? [.. troubles.Select(Trouble.Named)] : [Trouble.None],
        scenarios.Length > 0 ? scenarios : [.. Names]);

    private static IEnumerable<string> Names => Scenario.All.Select(scenario => scenario.Name);

    private static IReadOnlyList<Contest> Contests(int[] latencies, Trouble[] troubles, string[] scenarios) =>
    [
        .. from trouble in troubles
           from latency in latencies
           from scenario in scenarios
           select new Contest(Scenario.Named(scenario), latency, trouble),
    ];
}
