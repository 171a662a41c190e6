using System.Text.RegularExpressions;
using FlexCrew.IntegrationTests.Database;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

public sealed partial class RetryTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    [InlineData(6)]
    public async Task A_poisonous_job_is_given_up_after_the_schedule_and_not_tried_again(int schedule)
    {
        await using var stage = await Stage.SetAsync(overrides:
        [
            ("FlexCrew:RetryPollInterval", "00:00:00.050"),
            .. Enumerable.Range(0, schedule).Select(i => ($"FlexCrew:RetrySchedule:{i}", "00:00:00.100")),
        ]);
        var (_, flex) = await stage.AddCrewCallAsync();
        await stage.AssignManyAsync(2);
        stage.Flex.World.RemoveCrewCall(flex.Id);

        await stage.SyncAsync();
        await Stage.UntilAsync(async () => (await stage.LogAsync()).Count > schedule, "every attempt is logged");
        var requests = stage.Flex.Log.Requests.Count;
        await Task.Delay(TimeSpan.FromSeconds(1));

        var log = await stage.LogAsync();
        Assert.Equal([stage.Manager.ToString(), .. Enumerable.Repeat("retry", schedule)], log.Select(row => row.TriggeredBy));
        Assert.Equal(schedule + 1, log[^1].Attempt);
        Assert.All(log, row => Assert.Equal("failed", row.Status));
        Assert.DoesNotContain(log, row => row.WaitsForRetry);
        Assert.Equal(requests, stage.Flex.Log.Requests.Count);
    }

    [Fact]
    public async Task Two_instances_start_each_retry_once()
    {
        await using var stage = await Stage.SetAsync(hosts: 2, overrides:
            [("FlexCrew:RetryPollInterval", "00:00:00.100"), ("FlexCrew:RetrySchedule:0", "01:00:00")]);
        var jobs = new List<Guid>();
        for (var i = 0; i < 60; i++)
        {
            jobs.Add(await stage.Database.AddJobAsync());
            await stage.Database.AddCrewCallAsync(jobs[i], "sound", stage.Flex.World.CreateCrewCall().Id);
        }

        stage.Flex.Faults.Add(FlexEndpoint.Any, Fault.Answer(404));
        foreach (var job in jobs) (await stage.PostAsync(new { job_id = job, departments = new[] { "sound" } })).Dispose();
        await stage.Flex.Faults.ClearAsync();
        Assert.Equal(60, (await stage.LogAsync()).Count(row => row.WaitsForRetry));
        await stage.Database.ExecuteAsync("update public.flex_sync_log set next_retry_at = now()");
        await Stage.UntilAsync(async () => !(await stage.LogAsync()).Any(row => row.WaitsForRetry), "every job has been retried");

        var started =
            stage.Hosts.Select(
                host => host.Logs.Lines.Select(line => Retrying().Match(line)).Where(match => match.Success).Select(match => match.Value)
                    .ToList()).ToList();
        Assert.All(started, ofOne => Assert.NotEmpty(ofOne));
        var all = started.SelectMany(ofOne => ofOne).ToList();
        Assert.Equal(60, all.Count);
        Assert.Equal(60, all.Distinct().Count());
        Assert.Equal(60, (await stage.LogAsync()).Count(row => row is { TriggeredBy: "retry", Status: "succeeded", Attempt: 2 }));
    }

    [Fact]
    public async Task A_newer_success_clears_older_failures()
    {
        await using var stage = await Stage.SetAsync(overrides: ("FlexCrew:RetryPollInterval", "00:00:00.050"));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);
        stage.Flex.Faults.Add(FlexEndpoint.Any, Fault.Answer(404));
        await stage.SyncAsync();
        await stage.SyncAsync();
        Assert.Contains(await stage.LogAsync(), row => row.WaitsForRetry);

        await stage.Flex.Faults.ClearAsync();
        await stage.SyncAsync();
        await stage.RunsEndedAsync();
        await stage.Database.ExecuteAsync("update public.flex_sync_log set next_retry_at = now() where next_retry_at is not null");
        await Task.Delay(TimeSpan.FromMilliseconds(500));

        await stage.AssertCrewAsync(crewCall, crew);
        var log = await stage.LogAsync();
        Assert.Equal(["failed", "failed", "succeeded"], log.Select(row => row.Status));
        Assert.DoesNotContain(log, row => row.WaitsForRetry);
    }

    [GeneratedRegex("Retrying the sync of job [^(]*")]
    private static partial Regex Retrying();
}
