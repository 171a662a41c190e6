using System.Net;
using FlexCrew.IntegrationTests.Database;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

public sealed class StopTests
{
    [Fact]
    public async Task A_clean_stop_lets_a_running_sync_finish()
    {
        await using var stage = await Stage.SetAsync();
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(50);
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(12);
        using var accepted = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound" } }, prefer: "respond-async");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

        await stage.Host.StopAsync();

        await stage.AssertCrewAsync(crewCall, crew);
    }

    /// <summary>A retry that began now would be cut off, and claimed by a host that is no more.</summary>
    [Fact]
    public async Task A_retry_that_falls_due_while_it_stops_is_left_to_the_next_host()
    {
        await using var stage =
            await Stage.SetAsync(overrides: [("FlexCrew:RetryPollInterval", "00:00:00.050"), ("FlexCrew:RetrySchedule:0", "01:00:00")]);
        await stage.AddCrewCallAsync();
        await stage.AssignAsync();
        var refused = stage.Flex.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(409));
        Assert.NotNull((await stage.SyncAsync())["errors"]);
        refused.Release();
        var job = await stage.Database.AddJobAsync();
        var other = stage.Flex.World.CreateCrewCall();
        await stage.Database.AddCrewCallAsync(job, "sound", other.Id);
        var held = stage.Flex.Faults.Add(new FaultRule { Fault = Fault.Hold(), CrewCall = other.Id, Times = 1 });
        using var accepted = await stage.PostAsync(new { job_id = job, departments = new[] { "sound" } }, prefer: "respond-async");
        await held.WaitUntilPlayedAsync();

        var stopping = stage.Host.StopAsync();
        await Stage.UntilAsync(
            () => Task.FromResult(stage.Host.Logs.Lines.Any(line => line.Contains("Waiting for 1 running syncs"))),
            "it waits for the sync");
        await stage.Database.ExecuteAsync("update public.flex_sync_log set next_retry_at = now() where next_retry_at is not null");
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        held.Release();
        await stopping;

        var retry = Assert.Single(await stage.LogAsync(), row => row.WaitsForRetry);
        Assert.Equal(1, retry.Attempt);
    }
}
