using FlexCrew.Sync;

namespace FlexCrew.LocalHost.Runs;

/// <summary>
/// Calls the step classes in this process, as the Functions app does by activities. A step that throws is not called again: it has failed.
/// </summary>
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
            var run = input.Run;
            logger.LogError(
                unforeseen, "Step {Step} of {InstanceId} failed unexpectedly ({Department} of {JobId}, {CorrelationId})",
                step.Name, run.InstanceId, run.Department, run.JobId, run.CorrelationId);
            return StepResult<TOut>.Failed(new Failure(FailureKind.Unexpected, $"The step {step.Name} failed unexpectedly"));
        }
    }
}
