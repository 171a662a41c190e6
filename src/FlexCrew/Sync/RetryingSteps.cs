namespace FlexCrew.Sync;

/// <summary>
/// Calls a step again that failed in a way worth another try, after a wait: the schedule's, or longer where Flex
/// asked for longer. Starts nothing after the run's deadline. What cannot succeed is called once.
/// </summary>
internal sealed class RetryingSteps(ICrewSyncSteps inner, ISyncHost host, FlowSettings settings, DateTimeOffset deadline) : ICrewSyncSteps
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(2);

    public async Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        where TIn : IStepInput
        where TOut : class
    {
        var (requests, unknowns) = (0, 0);
        for (var tries = 0; ; tries++)
        {
            if (step.Name != SyncSteps.Record.Name && host.UtcNow >= deadline)
                return StepResult<TOut>.Failed(new Failure(FailureKind.DeadlineExceeded, "The sync reached its time limit")) with { FlexRequests = requests, Unknowns = unknowns };

            var result = await inner.CallAsync(step, input);
            (requests, unknowns) = (requests + result.FlexRequests, unknowns + result.Unknowns);
            if (WaitBefore(tries, result.Failure) is not { } wait)
                return result with { FlexRequests = requests, Unknowns = unknowns };
            await host.DelayAsync(wait);
        }
    }

    private TimeSpan? WaitBefore(int tries, Failure? failure)
    {
        if (failure is not { Retryable: true } || tries >= settings.StepRetryDelays.Count) return null;
        var wait = settings.StepRetryDelays[tries];
        if (failure.RetryAfter is not { } asked || asked <= wait) return wait;
        return asked <= LongestRetryAfter ? asked : null;
    }
}
