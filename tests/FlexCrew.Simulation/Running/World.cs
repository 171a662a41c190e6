using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Planted;
using FlexCrew.Simulation.Promises;
using FlexCrew.Simulation.Scenarios;
using FlexCrew.Simulation.Scheduling;

namespace FlexCrew.Simulation.Running;

/// <summary>Everything there is: the clock, Flex, the tables, the leases, the runs, and who judges them.</summary>
internal sealed class World
{
    private readonly List<string>? trace;

    public World(Scenario scenario, PlantedBug planted, bool traced)
    {
        Shape = scenario.Shape;
        Planted = planted;
        trace = traced ? [] : null;
        Dice = new Dice(scenario.Seed);
        Faults = new Faults(Dice, scenario.Shape.FaultLevel, scenario.OnlyFaults);
        Scheduler = new Scheduler(scenario.Seed);
        Database = new DatabaseModel { HasUniqueKey = planted != PlantedBug.InsertInsteadOfUpsert };
        Judge = new Judge(this);
        Desires = new Desires(this);
        Leases = [.. Enumerable.Range(0, scenario.Shape.Hosts).Select(host => new SimLeases(this, host))];
        Syncs = new Syncs(this);
    }

    public WorldShape Shape { get; }

    public PlantedBug Planted { get; }

    public Dice Dice { get; }

    public Faults Faults { get; }

    public Scheduler Scheduler { get; }

    public FlexModel Flex { get; } = new();

    public DatabaseModel Database { get; }

    public Desires Desires { get; }

    public Judge Judge { get; }

    /// <summary>The leases of each host.</summary>
    public IReadOnlyList<SimLeases> Leases { get; }

    public Syncs Syncs { get; }

    public DateTimeOffset Now => Scheduler.Now;

    public IReadOnlyList<string> Lines => trace ?? [];

    /// <summary>Notes a line for whoever reads a failing scenario.</summary>
    public void Note(string who, string what) => trace?.Add($"{(Now - Start).TotalSeconds,8:0.000}  {who}: {what}");

    /// <summary>How long a message is under way; a few take much longer than the others.</summary>
    public TimeSpan Latency(string name, double usual, double rare) =>
        Dice.Of(name + "!") < 0.04 ? Dice.Between(name, usual, rare) : Dice.Between(name, usual / 20, usual);

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
}
