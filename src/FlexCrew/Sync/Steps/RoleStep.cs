using FlexCrew.Flex;

namespace FlexCrew.Sync;

internal sealed class RoleStep(ICrewCallClient flex, WriteGuards guards) : ICrewSyncStep<RoleInput, RoleSet>
{
    public async Task<RoleSet> RunAsync(RoleInput input, FlexScope scope, CancellationToken cancellation)
    {
        var (target, lineItem) = (input.Target, input.Role.LineItemId!);
        scope.Guard = guards.ForRole(input.Run, target);
        return await flex.SetBusinessRoleAsync(target.ElementId, lineItem, input.Role.RoleId, scope, cancellation) switch
        {
            WriteOutcome.NotApplied refused => throw new StepFailedException(refused.Failure),
            WriteOutcome.Unknown unknown => throw new StepFailedException(unknown.Failure with { Retryable = true }),
            _ => new RoleSet(lineItem),
        };
    }
}
