using FlexCrew;
using FlexCrew.Sync;
using Microsoft.DurableTask;

namespace FlexCrewFunctions.Orchestrations;

/// <summary>
/// Calls an activity for each step. Expected failures come back as values and are not retried here; the retry policy
/// is for what nobody foresaw: an exception, a worker that died.
/// </summary>
internal sealed class ActivitySteps(TaskOrchestrationContext context) : ICrewSyncSteps
{
    /// <summary>The retry policy of each activity.</summary>
    public static readonly RetryPolicy Retries = new(
        maxNumberOfAttempts: 4, TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(30));

    public async Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        where TIn : IStepInput
        where TOut : class
    {
        try
        {
            return await context.CallActivityAsync<StepResult<TOut>>(step.Name, input, new TaskOptions(Retries));
        }
        catch (TaskFailedException)
        {
            return StepResult<TOut>.Failed(new Failure(FailureKind.Unexpected, $"The step {step.Name} failed unexpectedly"));
        }
    }
}
