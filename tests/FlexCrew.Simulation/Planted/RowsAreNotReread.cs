using FlexCrew.Database;
using FlexCrew.Simulation.Running;
using FlexCrew.Sync;

namespace FlexCrew.Simulation.Planted;

internal sealed class RowsAreNotReread(ICrewSyncSteps inner, World world, SimRun run) : ICrewSyncSteps
{
    private IReadOnlyList<CrewRow> before = [];

    public async Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        where TIn : IStepInput
        where TOut : class
    {
        if (step.Name == SyncSteps.Prune.Name && world.Database.Find(run.Key) is { } call)
            before = world.Database.RowsOf(call.Id);
        var result = await inner.CallAsync(step, input);
        return result.Value is CrewRows ? result with { Value = (TOut)(object)new CrewRows(before) } : result;
    }
}
