using FlexCrew.Flex.Reading;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace FlexCrew.Flex.Resilience;

/// <summary>
/// The one way to Flex in this process. From the outside in: total time-out, retry, concurrency limit, the rest that Flex
/// asked for, circuit breaker, time-out of the attempt. Whatever happens comes back as a reply; only the caller's cancellation throws.
/// </summary>
internal sealed class FlexPipeline
{
    private const double OutageRatio = 0.8;
    private static readonly ResiliencePropertyKey<FlexCall> Call = new("flexcrew.call");

    private readonly FlexCrewOptions options;
    private readonly TimeProvider time;
    private readonly FlexAttempt attempt;
    private readonly ResiliencePipeline<FlexReply> pipeline;

    public FlexPipeline(IOptions<FlexCrewOptions> options, TimeProvider time, FlexAttempt attempt)
    {
        (this.options, this.time, this.attempt) = (options.Value, time, attempt);
        pipeline = Build();
    }

    /// <summary>Carries a call through, with as many attempts as are safe and in time.</summary>
    public async Task<FlexReply> SendAsync(FlexCall call, CancellationToken cancellation)
    {
        call.Began = time.GetTimestamp();
        var context = ResilienceContextPool.Shared.Get(call.Operation, cancellation);
        context.Properties.Set(Call, call);
        try
        {
            var outcome = await pipeline.ExecuteOutcomeAsync(AttemptAsync, context, (attempt, call, cancellation));
            return outcome.Exception switch
            {
                null => outcome.Result!,
                BrokenCircuitException open => Open(open.RetryAfter ?? options.FlexBreakDuration),
                TimeoutRejectedException => call.Last ?? FlexReply.None(
                    "queue", $"Flex was not asked: too many requests were waiting for {options.FlexTotalTimeout.TotalSeconds:0.##} s", sent: false),
                _ => Rethrow(outcome),
            };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static async ValueTask<Outcome<FlexReply>> AttemptAsync(ResilienceContext context, (FlexAttempt Attempt, FlexCall Call, CancellationToken Caller) state)
    {
        try
        {
            return Outcome.FromResult(await state.Attempt.SendAsync(state.Call, state.Caller, context.CancellationToken));
        }
        catch (Exception e)
        {
            return Outcome.FromException<FlexReply>(e);
        }
    }

    private ResiliencePipeline<FlexReply> Build()
    {
        var builder = new ResiliencePipelineBuilder<FlexReply> { TimeProvider = time };
        builder.AddTimeout(options.FlexTotalTimeout);
        if (options.FlexMaxAttempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<FlexReply>
            {
                MaxRetryAttempts = options.FlexMaxAttempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FlexRetryDelay,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result is { } reply && MayRepeat(arguments.Context, reply)),
                DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result?.RetryAfter),
            });
        }

        return builder
            .AddStrategy(_ => new ConcurrencyStrategy(options.MaxConcurrentFlexRequests))
            .AddStrategy(_ => new HoldOffStrategy(time, TimeLeft))
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<FlexReply>
            {
                FailureRatio = OutageRatio,
                MinimumThroughput = Math.Max(4, 2 * options.MaxConcurrentFlexRequests),
                SamplingDuration = TimeSpan.FromTicks(Math.Max(TimeSpan.FromSeconds(30).Ticks, 4 * options.FlexAttemptTimeout.Ticks)),
                BreakDuration = options.FlexBreakDuration,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result is { } reply && ReplyRules.IsOutage(reply)),
            })
            .AddTimeout(options.FlexAttemptTimeout)
            .Build();
    }

    // A wait that Flex asks for and that would outlast the call is left to the caller, who learns how long it is.
    private bool MayRepeat(ResilienceContext context, FlexReply reply) =>
        context.Properties.TryGetValue(Call, out var call)
        && call.MayRepeat(reply)
        && (reply.RetryAfter ?? TimeSpan.Zero) < TimeLeft(context);

    private TimeSpan TimeLeft(ResilienceContext context) =>
        context.Properties.TryGetValue(Call, out var call) ? options.FlexTotalTimeout - time.GetElapsedTime(call.Began) : TimeSpan.Zero;

    private static FlexReply Open(TimeSpan wait) => FlexReply.None(
        "circuit-open", $"Flex was not asked: it has been failing and is left alone for another {Math.Ceiling(wait.TotalSeconds):0} s", sent: false, wait);

    private static FlexReply Rethrow(Outcome<FlexReply> outcome)
    {
        outcome.ThrowIfException();
        return outcome.Result!;
    }
}
