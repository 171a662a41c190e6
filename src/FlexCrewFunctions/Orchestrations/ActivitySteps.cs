using FlexCrew;
using FlexCrew.Sync;
using Microsoft.DurableTask;

namespace FlexCrewFunctions.Orchestrations;

/// <summary>
/// Calls an activity for each step. Expected failures come back as values and are not retried here; the retry policy
/// is for what nobody foresaw: an exception, a worker that died. A worker that died may have a request under way in Flex, so that a step which
/// writes to Flex is begun again only when that is over.
/// </summary>
internal sealed class ActivitySteps(TaskOrchestrationContext context, FlowSettings settings) : ICrewSyncSteps
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private static readonly IReadOnlySet<string> WritesToFlex = new HashSet<string>
    {
        SyncSteps.Prune.Name, SyncSteps.Add.Name, SyncSteps.SetRole.Name, SyncSteps.Remove.Name,
    };

    /// <summary>The retry policy of an activity.</summary>
    public static RetryPolicy PolicyOf(string step, FlowSettings settings) => WritesToFlex.Contains(step)
        ? new RetryPolicy(3, settings.DeadStepAfter, backoffCoefficient: 2, maxRetryInterval: LongestDelay)
        : new RetryPolicy(5, TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: LongestDelay);

    public async Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        where TIn : IStepInput
        where TOut : class
    {
        try
        {
            return await context.CallActivityAsync<StepResult<TOut>>(step.Name, input, new TaskOptions(PolicyOf(step.Name, settings)));
        }
        catch (TaskFailedException)
        {
            return StepResult<TOut>.Failed(new Failure(FailureKind.Unexpected, $"The step {step.Name} failed unexpectedly"));
        }
    }
}
