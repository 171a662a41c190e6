using System.ComponentModel.DataAnnotations;
using FlexCrew.Flex.Resilience.AdaptiveConcurrency;
using FlexCrew.Tests.Http.Support;
using Polly;

namespace FlexCrew.Tests.Flex.Resilience;

/// <summary>The strategy in a pipeline of Polly's.</summary>
public sealed class AdaptiveConcurrencyStrategyTests
{
    private readonly ConcurrencyLimit limit = new();

    [Fact]
    public void The_limit_is_shown_to_whoever_follows_it()
    {
        Assert.Equal((0, 0), (limit.Current, limit.InFlight));
        Pipeline();
        Assert.Equal((8, 0), (limit.Current, limit.InFlight));
    }

    [Fact]
    public async Task An_attempt_holds_its_slot_while_it_is_under_way_and_no_longer()
    {
        var pipeline = Pipeline();
        var answer = new TaskCompletionSource<int>();
        var attempt = pipeline.ExecuteAsync(async _ => await answer.Task).AsTask();
        Assert.Equal(1, limit.InFlight);
        answer.SetResult(200);
        Assert.Equal(200, await attempt);
        Assert.Equal(0, limit.InFlight);
    }

    [Fact]
    public async Task What_the_judge_calls_an_objection_halves_the_limit()
    {
        var pipeline = Pipeline();
        Assert.Equal(429, await pipeline.ExecuteAsync(_ => ValueTask.FromResult(429)));
        Assert.Equal((4, 0), (limit.Current, limit.InFlight));
    }

    [Fact]
    public async Task An_attempt_that_throws_gives_its_slot_back_and_says_nothing()
    {
        var pipeline = Pipeline();
        await Assert.ThrowsAsync<InvalidDataException>(() => pipeline.ExecuteAsync<int>(_ => throw new InvalidDataException()).AsTask());
        Assert.Equal((8, 0), (limit.Current, limit.InFlight));
    }

    [Fact]
    public async Task A_judge_that_throws_costs_no_slot()
    {
        var pipeline = Pipeline(options => options.Judge = _ => throw new InvalidDataException());
        await Assert.ThrowsAsync<InvalidDataException>(() => pipeline.ExecuteAsync(_ => ValueTask.FromResult(200)).AsTask());
        Assert.Equal(0, limit.InFlight);
    }

    [Fact]
    public async Task Whoever_is_cancelled_while_waiting_is_never_sent()
    {
        var pipeline = Pipeline(options => (options.InitialLimit, options.Ceiling) = (1, 1));
        var answer = new TaskCompletionSource<int>();
        var first = pipeline.ExecuteAsync(async _ => await answer.Task).AsTask();
        using var patience = new CancellationTokenSource();
        var sent = false;
        var second = pipeline.ExecuteAsync(
            _ =>
            {
                sent = true;
                return ValueTask.FromResult(200);
            },
            patience.Token).AsTask();

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        answer.SetResult(200);
        await first;
        Assert.False(sent);
        Assert.Equal(0, limit.InFlight);
    }

    public static TheoryData<int, int, int, bool> Wrong { get; } = new()
    {
        { 0, 16, 30, true },
        { 8, 0, 30, true },
        { 17, 16, 30, true },
        { 8, 16, -1, true },
        { 8, 16, 30, false },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void An_option_out_of_its_range_is_told_when_the_pipeline_is_built(int initial, int ceiling, int memory, bool judge) =>
        Assert.Throws<ValidationException>(() => Pipeline(options =>
        {
            (options.InitialLimit, options.Ceiling, options.ObjectionMemory) = (initial, ceiling, TimeSpan.FromSeconds(memory));
            if (!judge) options.Judge = null!;
        }));

    [Fact]
    public void The_defaults_are_those_that_are_documented()
    {
        var options = new AdaptiveConcurrencyStrategyOptions<int>();
        Assert.Equal((8, 16, TimeSpan.FromSeconds(30)), (options.InitialLimit, options.Ceiling, options.ObjectionMemory));
    }

    private ResiliencePipeline<int> Pipeline(Action<AdaptiveConcurrencyStrategyOptions<int>>? configure = null)
    {
        var options = new AdaptiveConcurrencyStrategyOptions<int>
        {
            Judge = arguments => arguments.Outcome.Exception is not null ? ConcurrencySignal.None
                : arguments.Outcome.Result == 429 ? ConcurrencySignal.Objection
                : ConcurrencySignal.Success,
            Limit = limit,
        };
        configure?.Invoke(options);
        return new ResiliencePipelineBuilder<int> { TimeProvider = new ManualTime() }.AddAdaptiveConcurrency(options).Build();
    }
}
