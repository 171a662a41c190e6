using System.Diagnostics;
using System.Net;
using FlexCrew.IntegrationTests.Database;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>The first click after a pause finds connections in the pool that died meanwhile, and does what a click does.</summary>
public sealed class DeadConnectionTests
{
    [Fact]
    public async Task A_connection_that_the_server_closed_in_the_pool_does_not_cost_a_click()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AddCrewCallAsync();
        await stage.SyncAsync();
        await stage.Database.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'FlexCrew' and datname = current_database()");
        await Task.Delay(200);

        await AssertSyncsAsync(stage, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_connection_that_the_network_forgot_does_not_cost_a_click()
    {
        var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Migrated);
        using var network = new ForgetfulNetwork(database);
        await using var stage = await Stage.SetAsync(database, 1, null, null, ("SUPABASE_DB_URL", network.Url));
        await stage.AddCrewCallAsync();
        await stage.SyncAsync();
        await stage.RunsEndedAsync();
        network.ForgetAll();

        await AssertSyncsAsync(stage, TimeSpan.FromSeconds(5));
    }

    private static async Task AssertSyncsAsync(Stage stage, TimeSpan within)
    {
        var clock = Stopwatch.StartNew();
        using var response = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound" } });
        var body = await response.Content.ReadAsStringAsync();

        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode}: {body}");
        Assert.DoesNotContain("errors", body, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < within, $"{clock.Elapsed.TotalSeconds:0.0} s");
    }
}
