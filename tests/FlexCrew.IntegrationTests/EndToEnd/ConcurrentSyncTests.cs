using System.Text.Json.Nodes;

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
            (await StatusesAsync(stage)).Order(StringComparer.Ordinal).Take(clicks - 2));
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

    /// <summary>
    /// Instances that do not share a lease may both add somebody before either lists the other's contact: Flex can then
    /// have them twice until the next sync that prunes, which keeps the one that the table maps.
    /// </summary>
    [Fact]
    public async Task Three_instances_on_one_database_keep_the_table_free_of_duplicates_and_the_next_pruning_sync_heals_flex()
    {
        await using var stage = await Stage.SetAsync(hosts: 3);
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(20);
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(6);

        await Task.WhenAll(Enumerable.Range(0, 9).Select(click => stage.SyncAsync(host: click % 3)));

        var technicians = (await stage.RowsAsync(crewCall.Id)).Select(row => row.Technician).ToList();
        Assert.Equal(technicians.Distinct().Count(), technicians.Count);

        await stage.SyncAsync(pruneOrphans: true);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    private static async Task<IReadOnlyList<string>> StatusesAsync(Stage stage) =>
        await stage.Database.RowsAsync<string>("select status from public.flex_sync_log where job_id = @Job", new { stage.Job });
}
