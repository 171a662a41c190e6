namespace FlexCrew.Bench.Worlds;

/// <summary>A situation in which somebody clicks.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="Title">As the report calls it.</param>
/// <param name="Stay">How many of each crew call are in Flex and in the table already, and stay.</param>
/// <param name="Join">How many are assigned and neither in Flex nor in the table.</param>
/// <param name="Leave">How many are in Flex and in the table, and not assigned any more.</param>
internal sealed record Scenario(string Name, string Title, int Stay, int Join, int Leave)
{
    /// <summary>How many jobs are clicked on at once.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>How many clicks there are on each job at once.</summary>
    public int Clicks { get; init; } = 1;

    /// <summary>The departments that each job has, and that each click names.</summary>
    public IReadOnlyList<string> Departments { get; init; } = [Department.Sound];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("settled", "settled: eight, nothing to change", Stay: 8, Join: 0, Leave: 0),
        new("one-added", "one added, of eight", Stay: 7, Join: 1, Leave: 0),
        new("usual-click", "usual click: two added, one removed, of eight", Stay: 6, Join: 2, Leave: 1),
        new("eight-new", "eight new", Stay: 0, Join: 8, Leave: 0),
        new("sixty-new", "sixty new", Stay: 0, Join: 60, Leave: 0),
        new("three-hundred-new", "three hundred new", Stay: 0, Join: 300, Leave: 0),
        new("ten-in-ten-out", "ten in and ten out, of three hundred", Stay: 290, Join: 10, Leave: 10),
        new("all-leaving", "all eight leaving", Stay: 0, Join: 0, Leave: 8),
        new("two-departments", "the usual click in two departments", Stay: 6, Join: 2, Leave: 1)
        {
            Departments = [Department.Sound, Department.Lights],
        },
        new("twenty-jobs", "twenty jobs at once, eight new each", Stay: 0, Join: 8, Leave: 0) { Jobs = 20 },
        new("ten-clicks", "ten clicks at once, a usual click each", Stay: 6, Join: 2, Leave: 1) { Clicks = 10 },
    ];

    public static Scenario Named(string name) => All.Single(scenario => scenario.Name == name);
}
