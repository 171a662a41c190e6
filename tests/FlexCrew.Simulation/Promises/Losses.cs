using FlexCrew.Database;
using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Promises;

/// <summary>P5, nobody is lost who was desired since before the run looked: neither their last contact nor a row that is right.</summary>
internal sealed class Losses(World world, Judge judge)
{
    private readonly Dictionary<(string Element, string Resource), List<(DateTimeOffset At, SimRun? By)>> removals = [];

    /// <summary>Somebody removed a contact by hand.</summary>
    public void DeletedByHand(string element, string resource) => Remember(element, resource, null);

    /// <summary>A run removed a contact.</summary>
    public void Deleted(FlexWrite write, string element, Line line)
    {
        var run = write.By.Run;
        Remember(element, line.Resource, write.IsLate ? null : run);
        if (write.IsLate || world.Desires.PointedSince(run.Key, element) is null) return;
        var desired = world.Desires.Since(run.Key, line.Resource);
        if (desired is null || desired > run.ResolvedAt || world.Flex.Of(element).Exists(other => other.Resource == line.Resource)) return;
        var another = removals[(element, line.Resource)].Exists(removal => removal.By != run && removal.At >= run.FirstListedAt);
        if (!another) judge.Broken("P5", $"{write.Name} deletes the last contact of {line.Resource}, who is desired since {desired:mm:ss.fff}");
    }

    /// <summary>A run deleted a row.</summary>
    public void Deleted(StepExecution by, CrewRow row)
    {
        var run = by.Run;
        if (row.LineItemId is null || world.Desires.Of(run.Key, row.TechnicianId) is not var (resource, since) || since > run.ResolvedAt) return;
        if (world.Flex.Find(row.LineItemId) is not var (element, line) || line.Resource != resource) return;
        if (line.Since > run.ListedAt && line.MadeBy?.By.Run != run) return;
        if (world.Desires.PointedSince(run.Key, element) is not { } pointed || pointed > run.ResolvedAt) return;
        judge.Broken("P5", $"{by.Name} deletes the row of a technician who is desired and whose contact {line.Id} is in Flex");
    }

    private void Remember(string element, string resource, SimRun? by)
    {
        if (!removals.TryGetValue((element, resource), out var known)) removals[(element, resource)] = known = [];
        known.Add((world.Now, by));
    }
}
