using Microsoft.DurableTask;

namespace FlexCrewFunctions.Tests.Backend;

/// <summary>An orchestration function, as the engine takes it.</summary>
internal sealed class Orchestrator<TIn, TOut>(Func<TaskOrchestrationContext, Task<TOut>> function) : ITaskOrchestrator
{
    public Type InputType => typeof(TIn);

    public Type OutputType => typeof(TOut);

    public async Task<object?> RunAsync(TaskOrchestrationContext context, object? input) => await function(context);
}
