using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>Flex's budget of requests is for whoever waits; retries have what is left below seventy percent.</summary>
public sealed class BudgetTests
{
    private const string StandsBack = "Retries and other work that nobody waits for stand back";
    private const string GoesOn = "Retries and other work that nobody waits for go on";

    [Fact]
    public async Task Above_seventy_percent_a_due_retry_stays_due_and_a_click_goes_through()
    {
        await using var stage = await Stage.SetAsync(overrides: ("FlexCrew:RetryPollInterval", "00:00:00.050"));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);
        await SpendAsync(stage, 1_400);
        var broken = stage.Flex.Faults.Add(FlexEndpoint.Any, Fault.Answer(404));
        await stage.SyncAsync();
        await stage.LogAsync(); // the answer leaves before the row is written
        broken.Release();
        await stage.Database.ExecuteAsync("update public.flex_sync_log set next_retry_at = now() where next_retry_at is not null");
        var requests = stage.Flex.Log.Metrics.Requests;

        await Task.Delay(TimeSpan.FromSeconds(1));

        var row = Assert.Single(await stage.LogAsync(), row => row.WaitsForRetry);
        Assert.Equal((1, requests), (row.Attempt, stage.Flex.Log.Metrics.Requests));
        Assert.Single(stage.Host.Logs.Lines, line => line.Contains(StandsBack, StringComparison.Ordinal));

        await SpendAsync(stage, -1_000);
        await Stage.UntilAsync(
            async () => (await stage.LogAsync()).Any(row => row is { TriggeredBy: "retry", Status: "succeeded" }), "the retry is made");
        await stage.AssertCrewAsync(crewCall, crew);
        Assert.Equal(2, (await stage.LogAsync()).Single(row => row.TriggeredBy == "retry").Attempt);
        Assert.Single(stage.Host.Logs.Lines, line => line.Contains(GoesOn, StringComparison.Ordinal));

        await SpendAsync(stage, 5_000);
        Assert.Null((await stage.SyncAsync())["errors"]);
    }

    /// <summary>What another host on the same database, or an earlier process, has spent.</summary>
    private static Task SpendAsync(Stage stage, int requests) => stage.Database.ExecuteAsync(
        """
        insert into public.flex_sync_log (job_id, department, instance_id, correlation_id, triggered_by, status, flex_requests, started_at, finished_at)
        values (gen_random_uuid(), 'sound', 'spent-' || @requests, 'c', 'user', 'succeeded', @requests, now(), now())
        """,
        new { requests });
}
