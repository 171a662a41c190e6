using FlexCrew.Database;
using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Running;
using FlexCrew.Sync;

namespace FlexCrew.Simulation.Promises;

/// <summary>
/// P1 where crew calls share an element: the writes of siblings' runs do not overlap. P5: no contact goes that a sibling maps,
/// unless the sibling came to map it after the step looked, or became a sibling after the run did.
/// </summary>
internal sealed class Siblings(World world, Judge judge)
{
    private readonly Dictionary<(Guid CrewCall, string Line), DateTimeOffset> since = [];
    private readonly HashSet<string> leftBehind = [];
    private readonly Dictionary<string, StepExecution> underWay = [];

    public void Sends(StepExecution by, string name)
    {
        if (by.IsLate || by.Run.Shares is not { } element) return;
        foreach (var (other, under) in underWay)
            if (under.Run.Shares == element && under.Run.Key != by.Run.Key && under.Strand.Alive)
                judge.Broken("P1", $"{name} is sent while {other} of a sibling is under way");
        underWay[name] = by;
    }

    public void Ended(string name) => underWay.Remove(name);

    /// <summary>
    /// Whether a crew call maps the line, or once did, and none has left it behind: by pointing elsewhere, because a listing
    /// was empty that should not have been, or because its technician has another resource by now, where the new contact comes
    /// first, whether or not Flex deletes the old one.
    /// </summary>
    public bool IsAccountedFor(string element, string line)
    {
        var mapping = world.Database.CrewCalls.FindAll(call => since.ContainsKey((call.Id, line)));
        return mapping.Count > 0 && mapping.TrueForAll(call => call.Element == element) && !leftBehind.Contains(line);
    }

    public void Mapped(Guid crewCall, string line)
    {
        since[(crewCall, line)] = world.Now;
        leftBehind.Remove(line);
    }

    /// <summary>A run deleted a row.</summary>
    public void Deleted(StepExecution by, CrewRow row)
    {
        if ((by.Step == SyncSteps.DeleteStale.Name || by.Misled || by.Run.Misled) && row.LineItemId is { } line) leftBehind.Add(line);
    }

    /// <summary>A run deleted a contact.</summary>
    public void Deleted(FlexWrite write, string element, Line line)
    {
        if (world.Database.Find(write.By.Run.Key) is not { } own) return;
        foreach (var sibling in world.Database.SiblingsOf(own.Id, element))
        {
            if (world.Desires.PointedSince(sibling.Key, element) > write.By.Run.FoundAt) continue;
            if (world.Database.RowsOf(sibling.Id).All(row => row.LineItemId != line.Id)) continue;
            if (write.By.SiblingsAt is { } looked && since.GetValueOrDefault((sibling.Id, line.Id)) >= looked) continue;
            judge.Broken("P5", $"{write.Name} deletes {line.Id} of {line.Resource}, which {sibling.Key} maps");
        }
    }
}
