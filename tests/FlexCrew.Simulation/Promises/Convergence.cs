using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Promises;

/// <summary>
/// P2, when the faults are over one sync makes the world right; P3, the next one writes nothing. Crew calls that share
/// an element take two: a contact that two of them mapped goes when the second one has let go of it. Then all of them map the
/// oldest contact of a resource, and no other that one of them ever mapped is left.
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
        if (world.Shape.Sharing > 1) Round("repair again");
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
        var siblings = world.Database.SiblingsOf(call.Id, call.Element).ToList();
        var shared = siblings.Count > 0;
        var wanted = siblings.Append(call).SelectMany(one => world.Desires.Of(one.Key)).Select(one => one.Resource).ToHashSet();
        foreach (var resource in desired.Select(one => one.Resource).Distinct())
        {
            var contacts = lines.Count(line => line.Resource == resource);
            if (contacts == 0 || (contacts > 1 && !shared)) return $"{resource} has {contacts} contacts";
        }

        bool MayStay(Line line) => shared && !world.Judge.Siblings.IsAccountedFor(call.Element, line.Id);
        if (lines.Find(line => !wanted.Contains(line.Resource) && !MayStay(line)) is { } orphan)
            return $"nobody desires {orphan.Id} of {orphan.Resource}";
        if (lines.Find(line => line != lines.First(same => same.Resource == line.Resource) && !MayStay(line)) is { } twin)
            return $"{twin.Id} is a second contact of {twin.Resource}";
        foreach (var (technician, resource) in desired)
        {
            var own = rows.Where(row => row.TechnicianId == technician).ToList();
            if (own.Count != 1) return $"technician {technician.ToString("N")[^1]} has {own.Count} rows";
            if (shared && lines.Find(line => line.Resource == resource)?.Id != own[0].LineItemId)
                return $"technician {technician.ToString("N")[^1]} is mapped to {own[0].LineItemId}, which is not the oldest contact of {resource}";
            if (!lines.Exists(line => line.Id == own[0].LineItemId && line.Resource == resource))
                return $"technician {technician.ToString("N")[^1]} is mapped to {own[0].LineItemId}, which is no contact of {resource}";
        }

        return rows.Count == desired.Count ? null : $"{rows.Count} rows for {desired.Count} technicians";
    }
}
