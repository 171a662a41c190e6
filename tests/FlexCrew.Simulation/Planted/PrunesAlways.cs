using FlexCrew.Sync;

namespace FlexCrew.Simulation.Planted;

internal sealed class PrunesAlways(ICrewSyncSteps inner) : ICrewSyncSteps
{
    public Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        where TIn : IStepInput
        where TOut : class =>
        inner.CallAsync(step, input is PruneInput prune ? (TIn)(object)(prune with { PruneOrphans = true }) : input);
}
