using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

internal sealed class ResolveStep(ICrewCalls crewCalls, BusinessRoles roles) : ICrewSyncStep<ResolveInput, ResolvedCrew>
{
    public async Task<ResolvedCrew> RunAsync(ResolveInput input, FlexScope scope, CancellationToken cancellation)
    {
        var (job, department) = (input.Run.JobId, input.Run.Department);
        if (await crewCalls.FindAsync(job, department, cancellation) is not { } crewCall)
            return new ResolvedCrew(null, null, [], new Dictionary<string, string>(), false, []);
        var (desired, diagnostics) = DesiredCrew.Of(await crewCalls.AssignmentsAsync(job, cancellation), department);
        return new ResolvedCrew(crewCall.Id, crewCall.ElementId, desired, roles.Of(department), crewCall.IsShared, diagnostics);
    }
}
