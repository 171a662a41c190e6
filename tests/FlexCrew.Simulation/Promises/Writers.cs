using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Promises;

/// <summary>
/// P1, one writer per crew call in Flex. Knows nothing of leases and fences: no request of a run is sent while one of another run is under
/// way, whoever sent it and whether or not its sender is alive; and a run after which another one has written does not write any more.
/// </summary>
internal sealed class Writers(Judge judge)
{
    private readonly Dictionary<string, (StepExecution By, string Element)> underWay = [];
    private readonly Dictionary<string, SimRun> current = [];
    private readonly HashSet<(string Element, SimRun Run)> past = [];

    /// <summary>A step sends a request that writes.</summary>
    public void Sends(StepExecution by, string name)
    {
        var element = by.Run.Element!;
        foreach (var (other, under) in underWay)
            if (under.Element == element && under.By.Run != by.Run)
                judge.Broken("P1", $"{name} is sent while {other} is under way");
        underWay[name] = (by, element);
        Wrote(by, element);
    }

    /// <summary>Flex has answered it, or nobody waits for the answer any more.</summary>
    public void Ended(string name) => underWay.Remove(name);

    /// <summary>A step writes.</summary>
    public void Wrote(StepExecution by, string element)
    {
        if (current.TryGetValue(element, out var before) && before == by.Run) return;
        if (past.Contains((element, by.Run))) judge.Broken("P1", $"{by.Name} writes after {before!.Holder} has begun to write");
        if (before is not null) past.Add((element, before));
        current[element] = by.Run;
    }
}
