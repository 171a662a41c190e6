using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;
using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Promises;

/// <summary>
/// P5, P13 and P14, judged when a deletion is sent: nobody goes who was assigned when the tables were last read, neither their last contact
/// nor, where their resource id was changed or lost, the one that they had.
/// </summary>
internal sealed class Losses(World world, Judge judge)
{
    private readonly Dictionary<(string Element, string Resource), List<DateTimeOffset>> removals = [];

    /// <summary>A contact is gone.</summary>
    public void Deleted(string element, string resource)
    {
        if (!removals.TryGetValue((element, resource), out var known)) removals[(element, resource)] = known = [];
        known.Add(world.Now);
    }

    /// <summary>A run sends a deletion.</summary>
    public void Sends(FlexWrite write)
    {
        foreach (var id in write.LineItemIds)
        {
            if (world.Flex.Find(id) is not var (element, line)) continue;
            CheckCommand(write, line);
            foreach (var call in world.Database.CrewCalls.FindAll(call => call.Element == element)) Check(write, call, line);
        }
    }

    /// <summary>A run deleted a row.</summary>
    public void Deleted(StepExecution by, CrewRow row)
    {
        var run = by.Run;
        if (run.Person is { } command)
        {
            if (command.TechnicianId != row.TechnicianId)
                judge.Broken("command", $"{by.Name} deletes the row of somebody whom its command is not about");
            if (command.Action == PersonAction.Remove) return;
        }

        var looked = by.GuardedAt > run.ResolvedAt ? by.GuardedAt : run.ResolvedAt;
        if (row.LineItemId is null || world.Desires.Of(run.Key, row.TechnicianId) is not var (resource, since) || since > looked) return;
        if (world.Flex.Find(row.LineItemId) is not var (element, line) || line.Resource != resource || run.Misled || by.Misled) return;
        if (line.Since > run.ListedAt) return;
        if (world.Desires.PointedSince(run.Key, element) is not { } pointed || pointed > run.ResolvedAt) return;
        if (world.Flex.Of(element).Exists(other => other != line && other.Resource == resource)) return;
        judge.Broken("P5", $"{by.Name} deletes the row of a technician who is desired and whose contact {line.Id} is in Flex");
    }

    /// <summary>
    /// A command deletes what its person's row mapped or what has their resource, and never what the row of somebody else maps, whom
    /// another program may have mapped since.
    /// </summary>
    private void CheckCommand(FlexWrite write, Line line)
    {
        var run = write.By.Run;
        if (run.Person is not { } command || line.MadeBy?.By.Run == run) return;
        if (line.Resource != run.PersonResource && !run.PersonRows.Any(row => FlexIds.Same(row.LineItemId, line.Id)))
            judge.Broken("command", $"{write.Name} deletes {line.Id} of {line.Resource}, whom its command is not about");
        if (command.Action == PersonAction.Add && !run.Prunes)
            judge.Broken("command", $"{write.Name} deletes {line.Id}, although it only adds");
        if (run.RowsAtFirst.Any(row => row.TechnicianId != command.TechnicianId && FlexIds.Same(row.LineItemId, line.Id)))
            judge.Broken("command", $"{write.Name} deletes {line.Id}, which somebody else is mapped to");
    }

    private void Check(FlexWrite write, CrewCall call, Line line)
    {
        var by = write.By;
        if (by.Run.Person is not null && by.Run.Key == call.Key) return;
        if (world.Desires.PointedSince(call.Key, call.Element) > write.GuardedAt) return;
        if (world.Desires.Since(call.Key, line.Resource) <= write.GuardedAt && !HasAnother(write, call.Element, line.Resource, line))
            judge.Broken("P14", $"{write.Name} deletes the last contact of {line.Resource}, who is desired in {call.Key}");

        if (world.Judge.Foreigners.MappedByOthersAt(line.Id) > write.GuardedAt) return;
        if (TakesBack(write, call.Element, line)) return;
        foreach (var row in world.Database.RowsOf(call.Id).Where(row => FlexIds.Same(row.LineItemId, line.Id)))
        {
            var (resource, since) = world.Desires.AssignedSince(call.Key, row.TechnicianId);
            if (since is null || since > write.GuardedAt) continue;
            if (resource is null && by.Run.Key == call.Key)
                judge.Broken("P13", $"{write.Name} deletes {line.Id} of a technician who lost the resource id");
            else if (resource is not null && resource != line.Resource && !HasAnother(write, call.Element, resource, line))
                judge.Broken("P13", $"{write.Name} deletes {line.Id} before its technician has a contact of {resource}");
        }
    }

    // Where another program placed the same resource meanwhile, a run takes its own contact back, and maps the other one.
    private bool TakesBack(FlexWrite write, string element, Line line) =>
        line.MadeBy?.By.Run == write.By.Run && HasAnother(write, element, line.Resource, line);

    // Another contact may have gone since the run looked: by hand, or because Flex carried an earlier deletion out late.
    private bool HasAnother(FlexWrite write, string element, string resource, Line line) =>
        world.Flex.Of(element).Exists(other => other != line && other.Resource == resource && !write.LineItemIds.Contains(other.Id))
        || (removals.TryGetValue((element, resource), out var gone) && gone.Exists(at => at >= write.By.Run.FirstListedAt));
}
