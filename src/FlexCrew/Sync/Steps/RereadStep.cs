using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;

namespace FlexCrew.Sync;

/// <summary>Reads the table again, after stale rows went, and plans by the same function.</summary>
internal sealed class RereadStep(CrewWorldReader worlds) : ICrewSyncStep<RereadInput, CrewPlan>
{
    public async Task<CrewPlan> RunAsync(RereadInput input, FlexScope scope, CancellationToken cancellation)
    {
        var query = new CrewQuery(input.Run.JobId, input.Run.Department) { TechnicianId = input.Options.Person?.TechnicianId };
        var reading = await worlds.ReadAsync(query, cancellation);
        return reading.Call is { } call && call.Id == input.Target.CrewCallId && FlexIds.Same(call.ElementId, input.Target.ElementId)
            ? worlds.PlanOfNewerRows(reading, input)
            : throw new StepFailedException(new Failure(
                FailureKind.NotWanted, "The department was linked to another crew call in Flex while the sync ran"));
    }
}
