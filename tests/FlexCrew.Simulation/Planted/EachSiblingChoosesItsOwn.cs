using FlexCrew.Sync;

namespace FlexCrew.Simulation.Planted;

internal sealed class EachSiblingChoosesItsOwn(ICrewSyncSteps inner) : ICrewSyncSteps
{
    private bool shared;

    public async Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        where TIn : IStepInput
        where TOut : class
    {
        if (input is PruneInput prune) input = (TIn)(object)(prune with { PruneOrphans = prune.PruneOrphans && !shared });
        if (input is RemoveInput remove) input = (TIn)(object)(remove with { Shared = shared });
        var result = await inner.CallAsync(step, input);
        if (result.Value is not ResolvedCrew crew) return result;
        shared = crew.Shared;
        return result with { Value = (TOut)(object)(crew with { Shared = false }) };
    }
}
