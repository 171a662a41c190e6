using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>
/// Claims the fence of the crew call's element, reads the database and Flex, and plans. Claiming and reading are one round trip, in this
/// order: whoever wrote before has written all of it.
/// </summary>
internal sealed class ResolveStep(CrewWorldReader worlds, FlowSettings settings) : ICrewSyncStep<ResolveInput, ResolvedCrew>
{
    public async Task<ResolvedCrew> RunAsync(ResolveInput input, FlexScope scope, CancellationToken cancellation)
    {
        var run = input.Run;
        var reading = await worlds.ReadAsync(new CrewQuery(run.JobId, run.Department, run.Holder, settings.DeadHolderAfter)
        {
            TechnicianId = input.Options.Person?.TechnicianId,
        }, cancellation);
        if (reading is not { Call: { } call, Fence: { } fence }) return new ResolvedCrew();
        if (fence.Holder != run.Holder) return new ResolvedCrew { CrewCall = call, BusyWith = fence.Holder ?? "", IsNext = fence.IsNext };

        var contacts = await worlds.ListAsync(reading, scope, cancellation);
        var plan = worlds.PlanOf(reading, run.JobId, run.Department, contacts, input.Options);
        return new ResolvedCrew
        {
            CrewCall = call,
            Fence = new FenceHold(FenceHold.KeyOf(call.ElementId), fence.Token, run.Holder),
            Plan = plan,
            Contacts = plan.StaleRows.Count > 0 ? contacts : null,
        };
    }
}
