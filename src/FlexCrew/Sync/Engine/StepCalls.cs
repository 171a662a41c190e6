using FlexCrew.Contract;

namespace FlexCrew.Sync;

/// <summary>
/// Calls a step again that failed in a way worth another try, after a wait: the schedule's, or longer where Flex
/// asked for longer. Starts nothing after the run's deadline. What cannot succeed is called once.
/// </summary>
internal sealed class StepCalls(ICrewSyncSteps inner, ISyncHost host, FlowSettings settings, RunDeadline deadline) : ICrewSyncSteps
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(2);

    public async Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        where TIn : IStepInput
        where TOut : class
    {
        StepResult<TOut>? earlier = null;
        for (var tries = 0; ; tries++)
        {
            if (step.Name != SyncSteps.Record.Name && deadline.IsOver)
                return Failed("The sync reached its time limit");

            var call = inner.CallAsync(step, input);
            if (!await deadline.WaitForAsync(call))
                return Failed($"The step {step.Name} did not answer within the time limit of the sync");
            earlier = (await call).After(earlier);
            if (WaitBefore(tries, earlier.Failure) is not { } wait)
                return earlier;
            await host.DelayAsync(wait, CancellationToken.None);
        }

        StepResult<TOut> Failed(string message) =>
            StepResult<TOut>.Failed(new Failure(FailureKind.DeadlineExceeded, message)).After(earlier);
    }

    private TimeSpan? WaitBefore(int tries, Failure? failure)
    {
        if (failure is not { Retryable: true } || tries >= settings.StepRetryDelays.Count) return null;
        var wait = settings.StepRetryDelays[tries];
        if (failure.RetryAfter is not { } asked || asked <= wait) return wait;
        return asked <= LongestRetryAfter ? asked : null;
    }
}
