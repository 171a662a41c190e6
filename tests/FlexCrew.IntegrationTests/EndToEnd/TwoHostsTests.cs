using System.Diagnostics;
using Xunit.Abstractions;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>Hosts that share nothing but the database: each has leases of its own.</summary>
[Collection(Alone.Name)]
public sealed class TwoHostsTests(ITestOutputHelper output)
{
    private const int Clicks = 10;
    private const int Crew = 8;

    [Fact]
    public async Task Ten_clicks_over_two_hosts_make_no_duplicate_and_take_less_than_three_times_as_long_as_over_one()
    {
        var one = await ClickAsync(hosts: 1);
        var two = await ClickAsync(hosts: 2);

        output.WriteLine($"{Clicks} clicks at once at 150 ms: one host {one.TotalSeconds:0.0} s, two hosts {two.TotalSeconds:0.0} s");
        Assert.True(two < one * 3, $"one host {one.TotalSeconds:0.0} s, two hosts {two.TotalSeconds:0.0} s");
    }

    private static async Task<TimeSpan> ClickAsync(int hosts)
    {
        await using var stage = await Stage.SetAsync(hosts: hosts);
        var crewCall = await stage.AddCrewCallAsync();
        for (var host = 0; host < hosts; host++) await stage.SyncAsync(host: host);
        await stage.RunsEndedAsync();
        var crew = await stage.AssignManyAsync(Crew);
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(150);

        var watch = Stopwatch.StartNew();
        var summaries = await Task.WhenAll(Enumerable.Range(0, Clicks).Select(click => stage.SyncAsync(host: click % hosts)));
        var took = watch.Elapsed;

        Assert.All(summaries, summary => Assert.Null(summary["errors"]));
        Assert.Equal(0, stage.Flex.Log.Metrics.OverlappingWrites);
        await stage.AssertCrewAsync(crewCall, crew);
        Assert.InRange((await stage.LogAsync()).Count(row => row.Status == "succeeded"), hosts + 1, 3 * hosts);
        return took;
    }
}
