using FlexSimulator;
using Xunit.Abstractions;

namespace FlexCrew.IntegrationTests.Flex;

/// <summary>How many requests are under way at once, as Flex sees it.</summary>
[Collection(Alone.Name)]
public sealed class AdaptiveConcurrencyTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Callers = 40;
    private const int FlexTakes = 30;

    private FlexSimulatorServer simulator = null!;
    private CrewCall crewCall = null!;

    public async Task InitializeAsync()
    {
        simulator = await FlexSimulatorServer.StartAsync();
        simulator.Behaviour.Latency = TimeSpan.FromMilliseconds(100);
        crewCall = simulator.World.CreateCrewCall();
    }

    public Task DisposeAsync() => simulator.DisposeAsync().AsTask();

    [Fact]
    public async Task One_process_gets_more_than_it_began_with_and_never_more_than_the_ceiling()
    {
        await using var flex = new FlexHarness(simulator.BaseUrl);
        await AskForAsync(flex, TimeSpan.FromSeconds(2));
        Assert.Equal((16, 16, 0), (simulator.Log.Metrics.PeakConcurrency, flex.Load.Limit.Current, flex.Load.Limit.InFlight));
    }

    [Fact]
    public async Task A_ceiling_below_what_it_would_begin_with_is_kept_from_the_start()
    {
        await using var flex = new FlexHarness(simulator.BaseUrl, options => options.MaxConcurrentFlexRequests = 3);
        await AskForAsync(flex, TimeSpan.FromSeconds(1));
        Assert.Equal(3, simulator.Log.Metrics.PeakConcurrency);
    }

    [Fact]
    public async Task Two_processes_settle_below_what_Flex_takes_and_nobody_starves()
    {
        (simulator.Behaviour.MaxConcurrency, simulator.Behaviour.OverloadStatus) = (FlexTakes, 429);
        await using var one = new FlexHarness(simulator.BaseUrl, options => options.FlexRetryDelay = TimeSpan.FromSeconds(1));
        await using var other = new FlexHarness(simulator.BaseUrl, options => options.FlexRetryDelay = TimeSpan.FromSeconds(1));
        await Task.WhenAll(AskForAsync(one, TimeSpan.FromSeconds(3)), AskForAsync(other, TimeSpan.FromSeconds(3)));
        simulator.Log.Clear();

        var answered = await Task.WhenAll(AskForAsync(one, TimeSpan.FromSeconds(6)), AskForAsync(other, TimeSpan.FromSeconds(6)));

        var metrics = simulator.Log.Metrics;
        var refused = metrics.ByStatus.GetValueOrDefault(429);
        output.WriteLine($"{metrics.Requests} requests, {refused} refused, {metrics.PeakConcurrency} at once at most, limits {one.Load.Limit.Current} and {other.Load.Limit.Current}");
        Assert.True(refused < 0.02 * metrics.Requests, $"{refused} of {metrics.Requests} refused");
        Assert.InRange(metrics.PeakConcurrency, 9, 32);
        Assert.All(answered, ofOne => Assert.True(ofOne.Sum() > 0.25 * metrics.Requests, $"{ofOne.Sum()} of {metrics.Requests}"));
        Assert.All(answered, ofOne => Assert.All(ofOne, caller => Assert.True(caller > 0.5 * ofOne.Average(), string.Join(' ', ofOne))));
    }

    [Fact]
    public async Task A_Flex_that_gets_slow_gets_less_and_more_again_when_it_is_well()
    {
        await using var flex = new FlexHarness(simulator.BaseUrl, options =>
            (options.FlexAttemptTimeout, options.FlexMaxAttempts, options.FlexBreakDuration) =
                (TimeSpan.FromSeconds(1), 1, TimeSpan.FromSeconds(0.5)));
        await AskForAsync(flex, TimeSpan.FromSeconds(1));
        simulator.Behaviour.Latency = TimeSpan.FromSeconds(3);
        var late = await Task.WhenAll(Enumerable.Range(0, Callers / 2).Select(_ => flex.ListAsync(crewCall.Id)));
        Assert.Contains(late, read => read.Failure!.Message.StartsWith("Flex did not answer within ", StringComparison.Ordinal));
        Assert.InRange(flex.Load.Limit.Current, 1, 8);
        var low = flex.Load.Limit.Current;

        simulator.Behaviour.Latency = TimeSpan.FromMilliseconds(10);
        await Task.Delay(TimeSpan.FromSeconds(0.6));
        await AskForAsync(flex, TimeSpan.FromSeconds(3));
        Assert.InRange(flex.Load.Limit.Current, low + 1, 15);
    }

    /// <summary>Callers that ask without a pause for so long; tells how many answers each got.</summary>
    private async Task<int[]> AskForAsync(FlexHarness flex, TimeSpan duration)
    {
        var answers = new int[Callers];
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            while (TimeProvider.System.GetElapsedTime(started) < duration)
            {
                if ((await flex.ListAsync(crewCall.Id)).Failure is null) answers[caller]++;
            }
        }));
        return answers;
    }
}
