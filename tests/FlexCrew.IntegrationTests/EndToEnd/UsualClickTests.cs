namespace FlexCrew.IntegrationTests.EndToEnd;

[Collection(Alone.Name)]
public sealed class UsualClickTests
{
    [Fact]
    public async Task A_click_puts_the_crew_into_flex_and_the_table()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(8);

        var summary = await stage.SyncAsync();

        await stage.AssertCrewAsync(crewCall, crew);
        Assert.Equal(8, (int)summary["added"]!);
        Assert.Equal(8, (int)summary["rolesSet"]!);
        Assert.Null(summary["errors"]);
        Assert.All(crewCall.Flex.Contacts, contact => Assert.Equal("2f6cf050-c5c1-11ea-a087-2a0a4490a7fb", contact.BusinessRole));
    }

    [Fact]
    public async Task A_second_sync_of_a_settled_world_writes_nothing_and_reads_at_most_twice()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(5);
        await stage.SyncAsync();
        var rows = await stage.RowsAsync(crewCall.Id);
        stage.Flex.Log.Clear();

        var summary = await stage.SyncAsync();

        Assert.All(stage.Flex.Log.Requests, request => Assert.Equal("GET", request.Method));
        Assert.InRange(stage.Flex.Log.Requests.Count, 1, 2);
        Assert.Equal(rows, await stage.RowsAsync(crewCall.Id));
        Assert.Equal((0, 0, 5), ((int)summary["added"]!, (int)summary["removed"]!, (int)summary["kept"]!));
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task Somebody_unassigned_leaves_flex_and_the_table_and_is_counted_once()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(4);
        await stage.SyncAsync();
        await stage.UnassignAsync(crew[1].Id);

        var summary = await stage.SyncAsync();

        await stage.AssertCrewAsync(crewCall, [crew[0], crew[2], crew[3]]);
        Assert.Equal(1, (int)summary["removed"]!);
    }

    [Fact]
    public async Task A_contact_deleted_by_hand_comes_back_in_the_same_run()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        await stage.SyncAsync();
        stage.Flex.World.RemoveLine(crewCall.Flex.Contacts[0].Id);

        var summary = await stage.SyncAsync();

        await stage.AssertCrewAsync(crewCall, crew);
        Assert.Equal(1, (int)summary["added"]!);
    }

    [Fact]
    public async Task Sixty_adds_at_150_ms_take_at_most_four_seconds()
    {
        await using var stage =
            await Stage.SetAsync(overrides: [("FlexCrew:FlexAttemptTimeout", "00:00:15"), ("FlexCrew:FlexTotalTimeout", "00:01:00")]);
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(150);
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(60);

        var summary = await stage.SyncAsync();

        await stage.AssertCrewAsync(crewCall, crew);
        var requests = stage.Flex.Log.Requests;
        Assert.Equal(120, requests.Count(request => request.Method != "GET"));
        Assert.InRange(requests.Count(request => request.Method == "GET"), 1, 3);
        Assert.True((long)summary["duration_ms"]! <= 4000, $"took {summary["duration_ms"]} ms");
        Assert.InRange(stage.Flex.Log.Metrics.PeakConcurrency, 9, 16);
    }
}
