namespace FlexCrew.Bench.Worlds;

/// <summary>A technician, the contact that they are in Flex, and the line that they have there when the world is made.</summary>
internal sealed record Technician(Guid Id, string Resource, Guid Line);

/// <summary>A crew call, and who stays, joins and leaves.</summary>
internal sealed record BenchCrewCall(string Department)
{
    public Guid Id { get; } = Guid.NewGuid();

    public Guid Element { get; } = Guid.NewGuid();

    public required IReadOnlyList<Technician> Stay { get; init; }

    public required IReadOnlyList<Technician> Join { get; init; }

    public required IReadOnlyList<Technician> Leave { get; init; }

    /// <summary>Who is in the table and in Flex before the click.</summary>
    public IEnumerable<Technician> Placed => Stay.Concat(Leave);

    /// <summary>Who has to be in the table and in Flex after it.</summary>
    public IEnumerable<Technician> Desired => Stay.Concat(Join);
}

/// <summary>A job with its crew calls.</summary>
internal sealed record BenchJob(Guid Id, IReadOnlyList<BenchCrewCall> CrewCalls);

/// <summary>What one run of one contender meets; made for it, and removed after it.</summary>
internal sealed record BenchWorld(Scenario Scenario, IReadOnlyList<BenchJob> Jobs)
{
    public IEnumerable<BenchCrewCall> CrewCalls => Jobs.SelectMany(job => job.CrewCalls);

    public static BenchWorld Invent(Scenario scenario) => new(scenario, [.. Many(scenario.Jobs, () => InventJob(scenario))]);

    private static BenchJob InventJob(Scenario scenario) => new(
        Guid.NewGuid(),
        [
            .. scenario.Departments.Select(department => new BenchCrewCall(department)
            {
                Stay = People(scenario.Stay),
                Join = People(scenario.Join),
                Leave = People(scenario.Leave),
            }),
        ]);

    private static IReadOnlyList<Technician> People(int count) =>
        [.. Many(count, () => new Technician(Guid.NewGuid(), Guid.NewGuid().ToString(), Guid.NewGuid()))];

    private static IEnumerable<T> Many<T>(int count, Func<T> make) => Enumerable.Range(0, count).Select(_ => make());
}
