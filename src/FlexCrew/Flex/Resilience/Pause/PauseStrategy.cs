using FlexCrew.Flex.Reading;
using Polly;

namespace FlexCrew.Flex.Resilience.Pause;

/// <summary>
/// Holds an attempt back while Flex is left alone. A wait that would outlast the call, and any wait for Flex's budget, is
/// told at once instead: the call answers how long it will be.
/// </summary>
internal sealed class PauseStrategy(FlexPause pause, TimeProvider time, Func<ResilienceContext, TimeSpan> timeLeft)
    : ResilienceStrategy<FlexReply>
{
    /// <summary>The name of the problem that Flex's budget is used up: no call waits for it.</summary>
    public const string Budget = "budget";

    protected override async ValueTask<Outcome<FlexReply>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<FlexReply>>> callback, ResilienceContext context, TState state)
    {
        for (var wait = pause.Asked; wait > TimeSpan.Zero; wait = pause.Asked)
        {
            if (wait >= timeLeft(context))
                return Outcome.FromResult(LeftAlone(wait));
            try
            {
                await Task.Delay(wait, time, context.CancellationToken);
            }
            catch (OperationCanceledException e)
            {
                return Outcome.FromException<FlexReply>(e);
            }
        }

        if (pause.Budget is var minutes && minutes > TimeSpan.Zero)
            return Outcome.FromResult(BudgetUsedUp(minutes));

        var outcome = await callback(context, state);
        if (outcome.Result is { } reply) pause.Learn(reply);
        return outcome;
    }

    private static FlexReply LeftAlone(TimeSpan wait) => FlexReply.None(
        "left-alone", $"Flex was not asked: it wants to be left alone for another {Math.Ceiling(wait.TotalSeconds):0} s", sent: false,
        wait);

    private static FlexReply BudgetUsedUp(TimeSpan wait) => FlexReply.None(
        Budget,
        $"Flex keeps answering 429: its hourly budget of requests is probably used up. It is asked again in {Math.Ceiling(wait.TotalMinutes):0} min",
        sent: false,
        wait);
}
