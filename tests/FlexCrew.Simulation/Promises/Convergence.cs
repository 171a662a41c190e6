using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Promises;

/// <summary>
/// P2, when the faults are over one sync makes the world right; P3, the next one writes nothing. Crew calls that share
/// an element take two: one may delete a contact that it mapped and the other has come to rely on.
/// </summary>
internal sealed class Convergence(World world)
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>Lets everything end that is under way, then syncs each crew call twice.</summary>
    public void Check()
    {
        RunUntilEnded("the syncs");
        world.Faults.AreOver = true;
        world.Scheduler.Run(() => false, world.Now + TimeSpan.FromMinutes(3));
        if (world.Judge.Breach is not null) return;

        Round("repair");
        if (world.Shape.SharedElement) Round("repair again");
        foreach (var call in world.Database.CrewCalls)
            if (Difference(call) is { } difference) world.Judge.Broken("P2", $"after one sync {call.Key} is not right: {difference}");

        var (commits, changes) = (world.Flex.Commits, world.Database.Changes);
        Round("check");
        if (world.Flex.Commits != commits || world.Database.Changes != changes)
            world.Judge.Broken("P3", $"a sync of a settled world wrote {world.Flex.Commits - commits} times to Flex and {world.Database.Changes - changes} times to the tables");
    }

    private void Round(string name)
    {
        foreach (var call in world.Database.CrewCalls.ToList())
        {
            if (world.Judge.Breach is not null) return;
            world.Syncs.Start($"{name} {call.Key}", call.Key.Job, [call.Key.Department], prunes: true);
            RunUntilEnded(name);
        }
    }

    private void RunUntilEnded(string what)
    {
        world.Scheduler.Run(() => world.Syncs.AllEnded || world.Judge.Breach is not null, world.Now + Patience);
        if (!world.Syncs.AllEnded && world.Judge.Breach is null) world.Judge.Broken("every sync ends", what);
    }

    private string? Difference(CrewCall call)
    {
        var desired = world.Desires.Of(call.Key).ToList();
        var rows = world.Database.RowsOf(call.Id);
        var lines = world.Flex.Of(call.Element);
        var shared = world.Database.CrewCalls.Exists(other => other != call && other.Element == call.Element);
        foreach (var resource in desired.Select(one => one.Resource).Distinct())
        {
            var contacts = lines.Count(line => line.Resource == resource);
            if (contacts == 0 || (contacts > 1 && !shared)) return $"{resource} has {contacts} contacts";
        }

        if (!shared && lines.Find(line => desired.TrueForAll(one => one.Resource != line.Resource)) is { } orphan)
            return $"nobody desires {orphan.Id} of {orphan.Resource}";
        foreach (var (technician, resource) in desired)
        {
            var own = rows.Where(row => row.TechnicianId == technician).ToList();
            if (own.Count != 1) return $"technician {technician.ToString("N")[^1]} has {own.Count} rows";
            if (!lines.Exists(line => line.Id == own[0].LineItemId && line.Resource == resource))
                return $"technician {technician.ToString("N")[^1]} is mapped to {own[0].LineItemId}, which is no contact of {resource}";
        }

        return rows.Count == desired.Count ? null : $"{rows.Count} rows for {desired.Count} technicians";
    }
}
