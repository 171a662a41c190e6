using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Promises;

/// <summary>A promise that was broken.</summary>
internal sealed record Breach(string Promise, string What)
{
    public override string ToString() => $"{Promise}: {What}";
}

/// <summary>Looks at every side effect as it happens.</summary>
internal sealed class Judge
{
    private readonly World world;

    public Judge(World world)
    {
        this.world = world;
        Writers = new Writers(this);
        Duplicates = new Duplicates(world, this);
        Losses = new Losses(world, this);
        Foreigners = new Foreigners(world, this);
        Answers = new Answers(world, this);
    }

    public Writers Writers { get; }

    public Duplicates Duplicates { get; }

    public Losses Losses { get; }

    public Foreigners Foreigners { get; }

    public Answers Answers { get; }

    /// <summary>The first promise that was broken.</summary>
    public Breach? Breach { get; private set; }

    public void Broken(string promise, string what)
    {
        world.Note("BROKEN", $"{promise}: {what}");
        Breach ??= new Breach(promise, what);
    }
}
