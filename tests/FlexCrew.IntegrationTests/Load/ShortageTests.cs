using FlexCrew.IntegrationTests.Database;
using FlexCrew.IntegrationTests.EndToEnd;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.Load;

/// <summary>Too few connections, a Flex that is down or slower than we wait.</summary>
public sealed class ShortageTests
{
    [Fact]
    public async Task With_one_connection_for_all_nobody_is_lost_or_twice()
    {
        var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Migrated);
        await using var stage = await Stage.SetAsync(
            database, hosts: 1, flex: null, configure: null, ("SUPABASE_DB_URL", $"{database.Url}?connection_limit=1&connect_timeout=1"));
        var crowd = await CrowdedStage.SetAsync(stage, jobs: 20, crew: 4);

        await crowd.ClickAsync(atOnce: 60, TimeSpan.FromSeconds(3), seed: 1);

        await crowd.AssertAllRightAsync();
    }

    [Fact]
    public async Task A_pool_that_somebody_else_holds_fails_syncs_in_words_and_harms_nothing()
    {
        var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Migrated);
        await using var stage = await Stage.SetAsync(
            database, hosts: 1, flex: null, configure: null, ("SUPABASE_DB_URL", $"{database.Url}?connection_limit=2&connect_timeout=1"));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        var source = (Npgsql.NpgsqlDataSource)stage.Host.Services.GetService(typeof(Npgsql.NpgsqlDataSource))!;
        await using (await source.OpenConnectionAsync())
        await using (await source.OpenConnectionAsync())
        {
            using var answer = await stage.PostAsync(new { job_id = stage.Job });
            Assert.InRange((int)answer.StatusCode, 500, 503);
            Assert.StartsWith("""{"ok":false,""", await answer.Content.ReadAsStringAsync());
        }

        Assert.Empty(crewCall.Flex.Lines);
        Assert.Null((await stage.SyncAsync())["errors"]);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task A_Flex_that_is_down_is_asked_now_and_then_however_many_click()
    {
        await using var stage = await Stage.SetAsync();
        var crowd = await CrowdedStage.SetAsync(stage, jobs: 10, crew: 4);
        await stage.Flex.Faults.GoDownAsync(OutageKind.ServiceUnavailable);

        var took = await crowd.ClickAsync(atOnce: 30, TimeSpan.FromSeconds(2), seed: 1);

        // Eight failures open the circuit, by which time the limit has been halved to four; afterwards one probe each half second.
        var lasted = 2 + took[^1].TotalSeconds;
        Assert.InRange(stage.Flex.Log.Metrics.Requests, 8, 12 + (long)(lasted / 0.5) + 1);
        Assert.InRange(took[took.Count / 2].TotalSeconds, 0, 5);
        Assert.True(took.Count >= 30, $"{took.Count} clicks");

        await stage.Flex.Faults.GoUpAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        await crowd.AssertAllRightAsync();
    }

    /// <summary>Flex does each write after we have given up: what it did twice for that, the next sync takes back.</summary>
    [Fact]
    public async Task A_Flex_that_is_slower_than_we_wait_is_told_and_healed_once_it_is_faster()
    {
        await using var stage = await Stage.SetAsync(overrides:
            [("FlexCrew:FlexAttemptTimeout", "00:00:00.300"), ("FlexCrew:FlexTotalTimeout", "00:00:00.700")]);
        var crewCall = await stage.AddCrewCallAsync();
        var crew = (await stage.AssignManyAsync(4)).ToList();
        await stage.SyncAsync();
        await stage.UnassignAsync(crew[0].Id);
        crew = [.. crew.Skip(1), await stage.AssignAsync()];
        stage.Flex.Behaviour.Latency = TimeSpan.FromSeconds(1);
        var lines = crewCall.Flex.Lines;

        var started = TimeProvider.System.GetTimestamp();
        var summary = await stage.SyncAsync();

        Assert.StartsWith("Flex listing failed: ", (string)Assert.Single(summary["errors"]!.AsArray())!);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0.3, 10);
        Assert.Equal(lines, crewCall.Flex.Lines);

        stage.Flex.Behaviour.Latency = TimeSpan.Zero;
        stage.Flex.Faults.Add(FlexEndpoint.Writes, Fault.Hang().CommittedLater(TimeSpan.FromSeconds(1.5)));
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        summary = await stage.SyncAsync();
        Assert.NotEmpty(summary["errors"]!.AsArray());

        await stage.Flex.Faults.ClearAsync();
        await stage.Flex.Faults.WaitForLateCommitsAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        await stage.AssertCrewAsync(crewCall, crew);
    }
}
