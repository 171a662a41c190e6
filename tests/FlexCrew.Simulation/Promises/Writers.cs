using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Promises;

/// <summary>
/// P1, one writer per key. Knows nothing of leases: the writes of runs must not overlap, a run after which another one has
/// written must not write any more, nor a step that is delivered when its run has ended. What a dead worker left under
/// way does not count.
/// </summary>
internal sealed class Writers(Judge judge)
{
    private readonly Dictionary<Key, Turns> turns = [];

    public void Sends(StepExecution by, string name)
    {
        if (by.SlippedThrough && by.Run.HasEnded) return;
        if (by.IsLate && !by.SlippedThrough) judge.Broken("P1", $"{name} is sent by a step that was delivered after the end of its run");
        if (!turns.TryGetValue(by.Run.Key, out var own)) turns[by.Run.Key] = own = new Turns();
        foreach (var (other, under) in own.UnderWay)
            if (under.Run != by.Run && under.Strand.Alive && !under.SlippedThrough)
                judge.Broken("P1", $"{name} is sent while {other} is under way");
        own.UnderWay[name] = by;
        if (own.Current == by.Run) return;
        if (own.Past.Contains(by.Run)) judge.Broken("P1", $"{name} is sent after {own.Current!.Holder} has begun to write");
        if (own.Current is { } before) own.Past.Add(before);
        own.Current = by.Run;
    }

    public void Ended(StepExecution by, string name) => turns.GetValueOrDefault(by.Run.Key)?.UnderWay.Remove(name);

    private sealed class Turns
    {
        public Dictionary<string, StepExecution> UnderWay { get; } = [];

        public HashSet<SimRun> Past { get; } = [];

        public SimRun? Current { get; set; }
    }
}
