using FlexCrew.Flex.Reading;
using Polly;

namespace FlexCrew.Flex.Resilience;

/// <summary>
/// Lets a number of attempts through at once, the others wait in order. The slot is held during the attempt only, not
/// while a call waits for its next one.
/// </summary>
internal sealed class ConcurrencyStrategy(int limit) : ResilienceStrategy<FlexReply>
{
    private readonly SemaphoreSlim slots = new(limit, limit);

    protected override async ValueTask<Outcome<FlexReply>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<FlexReply>>> callback, ResilienceContext context, TState state)
    {
        try
        {
            await slots.WaitAsync(context.CancellationToken);
        }
        catch (OperationCanceledException e)
        {
            return Outcome.FromException<FlexReply>(e);
        }

        try
        {
            return await callback(context, state);
        }
        finally
        {
            slots.Release();
        }
    }
}
