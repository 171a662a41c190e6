using FlexCrew.Sync;

namespace FlexCrew.Simulation.Planted;

internal sealed class BreaksBeforeItMakes(ICrewSyncSteps inner) : ICrewSyncSteps
{
    public async Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        where TIn : IStepInput
        where TOut : class
    {
        var result = await inner.CallAsync(step, input);
        return result.Value is ResolvedCrew { Plan: { } plan } crew
            ? result with
            {
                Value = (TOut)(object)(crew with
                {
                    Plan = plan with { Deletions = [.. plan.Deletions, .. plan.Replaced], Replaced = [] },
                }),
            }
            : result;
    }
}
