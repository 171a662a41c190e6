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
        var linked = world.Database.LinkedTo(call.Id, call.Element).ToList();
        var shared = linked.Count > 0;
        var wanted = linked.Append(call).SelectMany(one => world.Desires.Of(one.Key)).Select(one => one.Resource).ToHashSet();
        foreach (var resource in desired.Select(one => one.Resource).Distinct())
        {
            var own = lines.FindAll(line => line.Resource == resource);
            if (own.Count == 0 || (own.Count > 1 && !shared && own.Count(line => !IsOfWhoLostTheId(line)) > 1))
                return $"{resource} has {own.Count} contacts";
        }

        bool IsOfWhoLostTheId(Line line) => linked.Append(call).Any(one => world.Database.RowsOf(one.Id).Any(row =>
            row.LineItemId == line.Id && world.Desires.AssignedSince(one.Key, row.TechnicianId) is (null, not null)));

        bool MayStay(Line line) => shared && world.Judge.Foreigners.MayStay(call.Element, line);
        if (lines.Find(line => !wanted.Contains(line.Resource) && !MayStay(line) && !IsOfWhoLostTheId(line)) is { } orphan)
            return $"nobody desires {orphan.Id} of {orphan.Resource}";
        if (lines.Find(line => !IsOfWhoLostTheId(line) && !MayStay(line)
                && line != lines.First(same => same.Resource == line.Resource && !IsOfWhoLostTheId(same))) is { } twin)
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

        var staying = rows.Count(row => world.Desires.AssignedSince(call.Key, row.TechnicianId) is (null, not null));
        return rows.Count == desired.Count + staying ? null : $"{rows.Count} rows for {desired.Count} technicians";
    }
}
