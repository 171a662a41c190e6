using FlexCrew.Contract;
using FlexCrew.Planning;
using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Promises;

/// <summary>
/// What an answer says is true: when it tells of no failure, everybody who was desired before the click, and is still, was there between
/// the click and the answer; and whoever waited for a run that had died did not wait in vain.
/// </summary>
internal sealed class Answers(World world, Judge judge)
{
    private readonly Dictionary<Guid, DateTimeOffset> resourceChanged = [];

    /// <summary>Somebody gives a technician another resource id, or takes it away.</summary>
    public void ResourceChanged(Guid technician) => resourceChanged[technician] = world.Now;

    /// <summary>A run has answered.</summary>
    public void Given(SimRun run, DepartmentSummary summary, DateTimeOffset clickedAt)
    {
        if (summary.Errors?.Any(error => error.EndsWith("is still running", StringComparison.Ordinal)) == true
            && !world.Syncs.IsBusy(run))
            judge.Broken("P7", $"{run.Holder} waited in vain from {clickedAt:HH:mm:ss} on");
        if (summary.Errors is not null || summary.Note is not null || world.Database.Find(run.Key) is not { } call) return;
        if (world.Desires.PointedSince(run.Key, call.Element) > clickedAt) return;
        if (run.Person is { } command)
        {
            // Where the resource id changed while it ran, there is no saying which of the two should have come.
            if (command.Action == PersonAction.Add && run.PersonResource is { } own
                && (!resourceChanged.TryGetValue(command.TechnicianId, out var changed) || changed < clickedAt)
                && !world.Flex.WasThere(call.Element, own, clickedAt))
                judge.Broken("command", $"{run.Holder} is answered without a failure, but {own} was never in {call.Element} since the call");
            return;
        }

        foreach (var (technician, resource) in world.Desires.Of(run.Key))
        {
            if (world.Desires.Of(run.Key, technician) is not var (_, since) || since > clickedAt) continue;
            if (IsMappedByOthersSince(clickedAt, call.Id, technician)) continue;
            if (!world.Flex.WasThere(call.Element, resource, clickedAt))
                judge.Broken(
                    "P2", $"{run.Holder} is answered without a failure, but {resource} was never in {call.Element} since the click");
        }
    }

    // A row that is newer than the listing is believed, whatever another program maps by it.
    private bool IsMappedByOthersSince(DateTimeOffset clickedAt, Guid crewCall, Guid technician) =>
        world.Database.RowsOf(crewCall).FirstOrDefault(row => row.TechnicianId == technician)?.LineItemId is { } line
        && judge.Foreigners.MappedByOthersAt(line) >= clickedAt;
}
