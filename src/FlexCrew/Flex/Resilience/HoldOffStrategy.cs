using FlexCrew.Flex.Reading;
using Polly;

namespace FlexCrew.Flex.Resilience;

/// <summary>
/// Leaves Flex alone for as long as one of its answers asked (<c>Retry-After</c>), whichever call got it: the calls of this
/// process share its token. A wait that would outlast a call is told at once; none is kept for longer than two minutes, so
/// that one odd answer does not silence the process.
/// </summary>
internal sealed class HoldOffStrategy(TimeProvider time, Func<ResilienceContext, TimeSpan> timeLeft) : ResilienceStrategy<FlexReply>
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private long until = DateTimeOffset.MinValue.Ticks;

    protected override async ValueTask<Outcome<FlexReply>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<FlexReply>>> callback, ResilienceContext context, TState state)
    {
        for (var wait = Wait(); wait > TimeSpan.Zero; wait = Wait())
        {
            if (wait >= timeLeft(context))
                return Outcome.FromResult(FlexReply.None(
                    "held-off", $"Flex was not asked: it wants to be left alone for another {Math.Ceiling(wait.TotalSeconds):0} s", sent: false, wait));
            try
            {
                await Task.Delay(wait, time, context.CancellationToken);
            }
            catch (OperationCanceledException e)
            {
                return Outcome.FromException<FlexReply>(e);
            }
        }

        var outcome = await callback(context, state);
        if (outcome.Result is { Status: 429 or 503, RetryAfter: { Ticks: > 0 } asked })
            Extend(time.GetUtcNow() + (asked < Longest ? asked : Longest));
        return outcome;
    }

    private TimeSpan Wait() => new(Volatile.Read(ref until) - time.GetUtcNow().Ticks);

    private void Extend(DateTimeOffset to)
    {
        for (var known = Volatile.Read(ref until); known < to.UtcTicks;)
        {
            var found = Interlocked.CompareExchange(ref until, to.UtcTicks, known);
            if (found == known) return;
            known = found;
        }
    }
}
