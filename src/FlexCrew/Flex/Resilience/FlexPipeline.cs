using FlexCrew.Flex.Reading;
using FlexCrew.Flex.Resilience.AdaptiveConcurrency;
using FlexCrew.Flex.Resilience.Pause;
using FlexCrew.Telemetry;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace FlexCrew.Flex.Resilience;

/// <summary>
/// The one way to Flex in this process. From the outside in: total time-out, retry, concurrency limit, pause while Flex is
/// left alone, circuit breaker, time-out of the attempt. Whatever happens comes back as a reply; only the caller's
/// cancellation throws.
/// </summary>
internal sealed class FlexPipeline
{
    private const double OutageRatio = 0.8;

    /// <summary>
    /// Attempts that fewest must have been made for an outage to be seen. In an outage the concurrency limit falls to one,
    /// so that many more would take minutes to come together where each one times out.
    /// </summary>
    private const int FewestAttempts = 8;

    private static readonly ResiliencePropertyKey<FlexCall> Call = new("flexcrew.call");

    private readonly FlexCrewOptions options;
    private readonly TimeProvider time;
    private readonly FlexAttempt attempt;
    private readonly FlexLoad load;
    private readonly ResiliencePipeline<FlexReply> pipeline;

    public FlexPipeline(IOptions<FlexCrewOptions> options, TimeProvider time, FlexAttempt attempt, FlexLoad load)
    {
        (this.options, this.time, this.attempt, this.load) = (options.Value, time, attempt, load);
        pipeline = Build();
        FlexTelemetry.Observe(load.Measure);
    }

    /// <summary>Carries a call through, with as many attempts as are safe and in time.</summary>
    public async Task<FlexReply> SendAsync(FlexCall call, CancellationToken cancellation)
    {
        call.Began = time.GetTimestamp();
        var context = ResilienceContextPool.Shared.Get(call.Operation, cancellation);
        context.Properties.Set(Call, call);
        try
        {
            var outcome = await pipeline.ExecuteOutcomeAsync(AttemptAsync, context, (call, cancellation));
            return outcome.Exception switch
            {
                null => outcome.Result!,
                BrokenCircuitException open => Open(open.RetryAfter ?? options.FlexBreakDuration),
                TimeoutRejectedException => call.Last ?? FlexReply.None(
                    "queue", $"Flex was not asked: too many requests were waiting for {options.FlexTotalTimeout.TotalSeconds:0.##} s",
                    sent: false),
                _ => Rethrow(outcome),
            };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<Outcome<FlexReply>> AttemptAsync(ResilienceContext context, (FlexCall Call, CancellationToken Caller) state)
    {
        load.Requests.Count();
        try
        {
            return Outcome.FromResult(await attempt.SendAsync(state.Call, state.Caller, context.CancellationToken));
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
                    arguments.Outcome.Result is { } reply && MayRepeat(arguments.Context, reply, arguments.AttemptNumber)),
                DelayGenerator = arguments => ValueTask.FromResult(RetryWaits.Before(
                    arguments.Outcome.Result!, arguments.AttemptNumber, options.FlexRetryDelay)),
            });
        }

        return builder
            .AddAdaptiveConcurrency(new AdaptiveConcurrencyStrategyOptions<FlexReply>
            {
                InitialLimit = Math.Min(AdaptiveLimiter.DefaultInitialLimit, options.MaxConcurrentFlexRequests),
                Ceiling = options.MaxConcurrentFlexRequests,
                Judge = Judge,
                Limit = load.Limit,
            })
            .AddStrategy(_ => new PauseStrategy(load.Pause, time, TimeLeft))
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<FlexReply>
            {
                FailureRatio = OutageRatio,
                MinimumThroughput = FewestAttempts,
                SamplingDuration = TimeSpan.FromTicks(Math.Max(TimeSpan.FromSeconds(30).Ticks, 4 * options.FlexAttemptTimeout.Ticks)),
                BreakDuration = options.FlexBreakDuration,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result is { } reply && ReplyRules.IsOutage(reply)),
            })
            .AddTimeout(options.FlexAttemptTimeout)
            .Build();
    }

    private ConcurrencySignal Judge(AdaptiveConcurrencyArguments<FlexReply> arguments)
    {
        if (arguments.Outcome.Result is not { } reply) return ConcurrencySignal.None;
        if (!ReplyRules.IsObjection(reply))
            return reply.Status is < 500 ? ConcurrencySignal.Success : ConcurrencySignal.None;
        // An attempt that got its slot late is ended by the call's own time limit, which says nothing about Flex.
        if (reply.Status is null && TimeLeft(arguments.Context) <= TimeSpan.Zero)
            return ConcurrencySignal.None;
        FlexTelemetry.RecordObjection(reply.Label);
        return ConcurrencySignal.Objection;
    }

    // A wait that would outlast the call is left to the caller, who learns how long Flex asked for.
    private bool MayRepeat(ResilienceContext context, FlexReply reply, int retriesSoFar) =>
        context.Properties.TryGetValue(Call, out var call)
        && call.MayRepeat(reply)
        && reply.ProblemName != PauseStrategy.Budget
        && (RetryWaits.Before(reply, retriesSoFar, options.FlexRetryDelay) ?? TimeSpan.Zero) < TimeLeft(context);

    private TimeSpan TimeLeft(ResilienceContext context) =>
        context.Properties.TryGetValue(Call, out var call) ? options.FlexTotalTimeout - time.GetElapsedTime(call.Began) : TimeSpan.Zero;

    private static FlexReply Open(TimeSpan wait) => FlexReply.None(
        "circuit-open", $"Flex was not asked: it has been failing and is left alone for another {Math.Ceiling(wait.TotalSeconds):0} s",
        sent: false, wait);

    private static FlexReply Rethrow(Outcome<FlexReply> outcome)
    {
        outcome.ThrowIfException();
        return outcome.Result!;
    }
}
