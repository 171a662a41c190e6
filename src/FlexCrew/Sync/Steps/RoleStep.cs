using FlexCrew.Flex;

namespace FlexCrew.Sync;

internal sealed class RoleStep(ICrewCallClient flex) : ICrewSyncStep<RoleInput, RoleSet>
{
    public async Task<RoleSet> RunAsync(RoleInput input, FlexScope scope, CancellationToken cancellation) =>
        await flex.SetBusinessRoleAsync(input.ElementId, input.LineItemId, input.RoleId, scope, cancellation) switch
        {
            WriteOutcome.NotApplied refused => throw new StepFailedException(refused.Failure),
            WriteOutcome.Unknown unknown => throw new StepFailedException(unknown.Failure with { Retryable = true }),
            _ => new RoleSet(input.LineItemId),
        };
}
