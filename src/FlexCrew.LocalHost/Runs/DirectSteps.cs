using FlexCrew.Sync;

namespace FlexCrew.LocalHost.Runs;

/// <summary>Calls the step classes in this process. What the Functions app does by activities.</summary>
internal sealed class DirectSteps(IServiceProvider services, StepRunner runner, ILogger<DirectSteps> logger) : ICrewSyncSteps
{
    public async Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        where TIn : IStepInput
        where TOut : class
    {
        try
        {
            return await runner.RunAsync(step, services.GetRequiredService<ICrewSyncStep<TIn, TOut>>(), input, CancellationToken.None);
        }
        catch (Exception unforeseen)
        {
            logger.LogError(unforeseen, "Step {Step} of {InstanceId} failed unexpectedly", step.Name, input.Run.InstanceId);
            return StepResult<TOut>.Failed(new Failure(FailureKind.Unexpected, $"The step {step.Name} failed unexpectedly"));
        }
    }
}
