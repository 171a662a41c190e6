namespace FlexCrew.IntegrationTests.EndToEnd;

public sealed class SettledWorldTests
{
    [Fact]
    public async Task Two_settled_departments_are_read_at_most_twice_each_and_no_row_is_written()
    {
        await using var stage = await Stage.SetAsync();
        var sound = await stage.AddCrewCallAsync("sound");
        var lights = await stage.AddCrewCallAsync("lights");
        var soundCrew = await stage.AssignManyAsync(5);
        var lightsCrew = new List<(Guid Id, string Resource)>();
        for (var i = 0; i < 5; i++) lightsCrew.Add(await stage.AssignAsync(sound: null, lights: "LGT-PA-T"));
        await SyncBothAsync(stage);
        var versions = await VersionsAsync(stage);
        stage.Flex.Log.Clear();

        await SyncBothAsync(stage);

        Assert.All(stage.Flex.Log.Requests, request => Assert.Equal("GET", request.Method));
        Assert.InRange(stage.Flex.Log.Requests.Count, 2, 4);
        Assert.Equal(10, versions.Count);
        Assert.Equal(versions, await VersionsAsync(stage));
        await stage.AssertCrewAsync(sound, soundCrew);
        await stage.AssertCrewAsync(lights, lightsCrew);
    }

    private static async Task SyncBothAsync(Stage stage)
    {
        using var response = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound", "lights" } });
        Assert.Equal(200, (int)response.StatusCode);
    }

    /// <summary>The rows with the transactions that wrote them: an update that changes nothing shows too.</summary>
    private static async Task<IReadOnlyList<string>> VersionsAsync(Stage stage) => await stage.Database.RowsAsync<string>(
        "select xmin::text || ' ' || row_to_json(a)::text from public.flex_crew_assignments a order by id");
}
