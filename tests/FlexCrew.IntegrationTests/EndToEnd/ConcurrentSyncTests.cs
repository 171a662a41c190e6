using System.Text.Json.Nodes;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

public sealed class ConcurrentSyncTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public async Task Clicks_at_once_make_no_duplicates_and_at_most_two_runs(int clicks)
    {
        await using var stage = await Stage.SetAsync();
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(20);
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(8);

        var summaries = await Task.WhenAll(Enumerable.Range(0, clicks).Select(_ => stage.SyncAsync()));

        await stage.AssertCrewAsync(crewCall, crew);
        Assert.Equal(0, stage.Flex.Log.Metrics.OverlappingWrites);
        Assert.All(summaries, summary => Assert.Null(summary["errors"]));
        Assert.InRange(summaries.Count(summary => summary["coalesced"] is null), 1, 2);
        Assert.Equal(
            Enumerable.Repeat("coalesced", clicks - 2),
            (await stage.LogAsync()).Select(row => row.Status).Order(StringComparer.Ordinal).Take(clicks - 2));
    }

    [Fact]
    public async Task Overlapping_department_lists_make_no_duplicates()
    {
        await using var stage = await Stage.SetAsync();
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(20);
        var sound = await stage.AddCrewCallAsync("sound");
        var lights = await stage.AddCrewCallAsync("lights");
        var soundCrew = await stage.AssignManyAsync(5);
        var lightsCrew = new List<(Guid Id, string Resource)>();
        for (var i = 0; i < 5; i++) lightsCrew.Add(await stage.AssignAsync(sound: null, lights: "LGT-PA-T"));

        string[][] lists = [["sound"], ["sound", "lights"], ["lights"], ["lights", "sound"]];
        var answers = await Task.WhenAll(lists.Select(async departments =>
        {
            using var response = await stage.PostAsync(new { job_id = stage.Job, departments });
            return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["summary"]!.AsObject();
        }));

        await stage.AssertCrewAsync(sound, soundCrew);
        await stage.AssertCrewAsync(lights, lightsCrew);
        Assert.Equal(0, stage.Flex.Log.Metrics.OverlappingWrites);
        Assert.All(answers.Zip(lists), pair => Assert.Equal(pair.Second, pair.First.Select(summary => summary.Key)));
    }

    /// <summary>They share no lease: the fence in the database lets one of them write at a time.</summary>
    [Fact]
    public async Task Three_instances_on_one_database_make_no_duplicates_and_no_two_of_them_write_at_once()
    {
        await using var stage = await Stage.SetAsync(hosts: 3);
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(20);
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(6);

        var summaries = await Task.WhenAll(Enumerable.Range(0, 9).Select(click => stage.SyncAsync(host: click % 3, pruneOrphans: false)));

        Assert.All(summaries, summary => Assert.Null(summary["errors"]));
        Assert.Equal(0, stage.Flex.Log.Metrics.OverlappingWrites);
        Assert.Equal(6, stage.Flex.Log.Count(FlexEndpoint.AddResource));
        await stage.AssertCrewAsync(crewCall, crew);
    }
}
