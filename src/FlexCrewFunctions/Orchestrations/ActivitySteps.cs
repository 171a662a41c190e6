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
    public static readonly IReadOnlyDictionary<string, RetryPolicy> RetryPolicies = new Dictionary<string, RetryPolicy>
    {
        [SyncSteps.Resolve.Name] = Policy(attempts: 4, seconds: 1),
        [SyncSteps.Prune.Name] = Policy(attempts: 3, seconds: 2),
        [SyncSteps.DeleteStale.Name] = Policy(attempts: 4, seconds: 1),
        [SyncSteps.Reread.Name] = Policy(attempts: 4, seconds: 1),
        [SyncSteps.Add.Name] = Policy(attempts: 3, seconds: 2),
        [SyncSteps.SetRole.Name] = Policy(attempts: 3, seconds: 2),
        [SyncSteps.Remove.Name] = Policy(attempts: 3, seconds: 2),
        [SyncSteps.Record.Name] = Policy(attempts: 5, seconds: 1),
    };

    public async Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        where TIn : IStepInput
        where TOut : class
    {
        try
        {
            return await context.CallActivityAsync<StepResult<TOut>>(step.Name, input, new TaskOptions(RetryPolicies[step.Name]));
        }
        catch (TaskFailedException)
        {
            return StepResult<TOut>.Failed(new Failure(FailureKind.Unexpected, $"The step {step.Name} failed unexpectedly"));
        }
    }

    private static RetryPolicy Policy(int attempts, int seconds) =>
        new(attempts, TimeSpan.FromSeconds(seconds), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(30));
}
