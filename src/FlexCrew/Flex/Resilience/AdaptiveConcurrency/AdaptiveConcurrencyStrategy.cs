using Polly;

namespace FlexCrew.Flex.Resilience.AdaptiveConcurrency;

/// <summary>
/// Lets as many attempts through at once as the limiter allows; the others wait in order. The slot is held during the
/// attempt only, not while a call waits for its next one.
/// </summary>
internal sealed class AdaptiveConcurrencyStrategy<TResult>(
    AdaptiveLimiter limiter, Func<AdaptiveConcurrencyArguments<TResult>, ConcurrencySignal> judge) : ResilienceStrategy<TResult>
{
    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        int slot;
        try
        {
            slot = await limiter.AcquireAsync(context.CancellationToken);
        }
        catch (OperationCanceledException e)
        {
            return Outcome.FromException<TResult>(e);
        }

        var signal = ConcurrencySignal.None;
        try
        {
            var outcome = await callback(context, state);
            signal = judge(new(context, outcome));
            return outcome;
        }
        finally
        {
            limiter.Release(slot, signal);
        }
    }
}
