using FlexCrew.Planning;
using FlexCrew.Sync;

namespace FlexCrew.Simulation.Planted;

internal sealed class PrunesAlways(ICrewSyncSteps inner) : ICrewSyncSteps
{
    private static readonly PlanOptions Always = new(PruneOrphans: true);

    public Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        where TIn : IStepInput
        where TOut : class =>
        inner.CallAsync(step, input switch
        {
            ResolveInput resolve => (TIn)(object)(resolve with { Options = Always }),
            RereadInput reread => (TIn)(object)(reread with { Options = Always }),
            _ => input,
        });
}
