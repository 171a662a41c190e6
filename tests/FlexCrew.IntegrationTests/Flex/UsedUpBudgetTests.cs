using FlexCrew.Flex;
using FlexCrew.IntegrationTests.EndToEnd;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.Flex;

public sealed class UsedUpBudgetTests
{
    /// <summary>Half a minute in a second: Flex refuses every request and does not say until when.</summary>
    [Fact]
    public async Task Nothing_but_429_is_told_as_a_used_up_budget_and_Flex_is_left_alone_for_minutes()
    {
        await using var simulator = await FlexSimulatorServer.StartAsync();
        simulator.Behaviour.RateLimit = new RateLimit(0, TimeSpan.FromHours(1), RetryAfterForm.None);
        var crewCall = simulator.World.CreateCrewCall();
        await using var flex = new FlexHarness(
            simulator.BaseUrl,
            options =>
                (options.FlexRetryDelay, options.FlexAttemptTimeout, options.FlexTotalTimeout) =
                    (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10)),
            new FastClock(30));

        Assert.Equal("Flex answered HTTP 429: Too many requests.", (await flex.ListAsync(crewCall.Id)).Failure!.Message);
        Assert.Equal(3, simulator.Log.Metrics.Requests);
        FlexRead<IReadOnlyList<FlexContact>> read;
        for (var asked = 0; (read = await flex.ListAsync(crewCall.Id)).Failure!.Status == 429; asked++) Assert.InRange(asked, 0, 5);

        var told = read.Failure!;
        Assert.Matches(
            "^Flex keeps answering 429: its hourly budget of requests is probably used up. It is asked again in [123] min$", told.Message);
        Assert.True(told.Retryable);
        Assert.InRange(told.RetryAfter!.Value.TotalMinutes, 0.1, 3);
        var requests = simulator.Log.Metrics.Requests;
        Assert.InRange(requests, 4, 12);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => flex.ListAsync(crewCall.Id)));
        Assert.Equal(requests, simulator.Log.Metrics.Requests);

        simulator.Behaviour.RateLimit = null;
        await Task.Delay(TimeSpan.FromSeconds(6.2));
        Assert.Null((await flex.ListAsync(crewCall.Id)).Failure);
        Assert.False(flex.Load.Pause.BudgetWasUsedUp);
    }
}
