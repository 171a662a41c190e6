using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Sync.Plan;

namespace FlexCrew.Sync;

/// <summary>Reads the table again, after stale rows went, and plans by the same function.</summary>
internal sealed class RereadStep(CrewWorldReader worlds) : ICrewSyncStep<RereadInput, CrewPlan>
{
    public async Task<CrewPlan> RunAsync(RereadInput input, FlexScope scope, CancellationToken cancellation)
    {
        var reading = await worlds.ReadAsync(new CrewQuery(input.Run.JobId, input.Run.Department), cancellation);
        return reading.Call is null
            ? throw new StepFailedException(new Failure(FailureKind.NotWanted, "The crew call is not mapped any more"))
            : worlds.PlanOfNewerRows(reading, input);
    }
}
