using System.Net;
using System.Text.Json.Nodes;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>Every run leaves a row, however it ended.</summary>
public sealed class RunLogTests
{
    [Fact]
    public async Task A_run_that_succeeded_says_who_and_what_became_of_each_technician()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);
        await stage.SyncAsync();
        await stage.UnassignAsync(crew[0].Id);
        var newcomer = await stage.AssignAsync();
        stage.Flex.Log.Clear();

        using var response = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound" } });

        var row = (await stage.LogAsync())[^1];
        var summary = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["summary"]!["sound"]!;
        Assert.Equal(("succeeded", stage.Manager.ToString(), crewCall.Id), (row.Status, row.TriggeredBy, row.CrewCallId));
        Assert.Equal(response.Headers.GetValues("x-correlation-id").Single(), row.CorrelationId);
        Assert.Equal((1, 1, 1, 0, 1), (row.Added, row.Removed, row.Kept, row.Failed, row.RolesSet));
        Assert.Equal(
            new (Guid?, string)[] { (crew[0].Id, "contact removed"), (newcomer.Id, "added"), (newcomer.Id, "role set") }.Order(),
            row.Technicians.Order());
        Assert.Equal(stage.Flex.Log.Requests.Count, row.FlexRequests);
        Assert.Equal((long)summary["duration_ms"]!, row.DurationMs);
        Assert.Equal(row.DurationMs, row.Took.TotalMilliseconds, 2.0);
        Assert.False(row.WaitsForRetry);
    }

    [Fact]
    public async Task A_run_that_fails_half_way_is_partial_and_waits_for_a_retry()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        stage.Flex.Faults.Add(new FaultRule { On = FlexEndpoint.AddResource, Skip = 1, Fault = Fault.Answer(409) });

        await stage.SyncAsync();

        var row = Assert.Single(await stage.LogAsync());
        Assert.Equal(("partial", 1, 2, true), (row.Status, row.Added, row.Failed, row.WaitsForRetry));
        Assert.Equal(
            crew.Select(one => (Guid?)one.Id).Order(), row.Technicians.Where(each => each.Outcome is "added" or "add failed")
                .Select(each => each.Technician).Order());
        Assert.Equal(2, row.Technicians.Count(each => each.Outcome == "add failed"));
        Assert.Equal(2, row.Sentences.Count);
        Assert.Equal(stage.Flex.Log.Requests.Count, row.FlexRequests);
    }

    [Fact]
    public async Task A_run_whose_table_breaks_between_the_adds_and_the_end_is_logged_with_what_it_did()
    {
        await using var stage =
            await Stage.SetAsync(overrides: [("FlexCrew:FlexAttemptTimeout", "00:00:15"), ("FlexCrew:FlexTotalTimeout", "00:01:00")]);
        var crewCall = await stage.AddCrewCallAsync();
        await stage.AssignManyAsync(3);
        var adds = stage.Flex.Faults.Add(FlexEndpoint.AddResource, Fault.Hold());

        var click = stage.SyncAsync();
        await adds.WaitUntilPlayedAsync(3);
        await stage.Database.ExecuteAsync("alter table public.flex_crew_assignments rename to away");
        stage.Flex.Faults.Remove(adds.Id);
        await click;
        await stage.Database.ExecuteAsync("alter table public.away rename to flex_crew_assignments");

        var row = Assert.Single(await stage.LogAsync());
        Assert.Equal((crewCall.Id, 3, true), (row.CrewCallId, row.Failed, row.WaitsForRetry));
        Assert.NotEqual("succeeded", row.Status);
        Assert.Equal(3, row.Technicians.Count(each => each.Outcome == "add failed"));
        Assert.Equal(stage.Flex.Log.Requests.Count, row.FlexRequests);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_token_that_flex_refuses_is_a_failed_run_that_says_so_after_one_request(int status)
    {
        await using var stage = await Stage.SetAsync();
        await stage.AddCrewCallAsync();
        await stage.AssignManyAsync(2);
        stage.Flex.Faults.Add(FlexEndpoint.Any, Fault.Answer(status));

        await stage.SyncAsync();

        var row = Assert.Single(await stage.LogAsync());
        Assert.Equal(("failed", 1, 1, true), (row.Status, row.Failed, row.FlexRequests, row.WaitsForRetry));
        Assert.Contains("token", Assert.Single(row.Sentences), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_department_without_a_crew_call_is_skipped_and_costs_flex_nothing()
    {
        await using var stage = await Stage.SetAsync();

        await stage.SyncAsync("lights");

        var row = Assert.Single(await stage.LogAsync());
        Assert.Equal(("skipped", "lights", 0, false), (row.Status, row.Department, row.FlexRequests, row.WaitsForRetry));
        Assert.Equal(stage.Manager.ToString(), row.TriggeredBy);
    }

    [Fact]
    public async Task A_click_that_another_run_answered_is_coalesced_and_counts_nothing_twice()
    {
        await using var stage = await Stage.SetAsync();
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(30);
        await stage.AddCrewCallAsync();
        await stage.AssignManyAsync(4);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => stage.SyncAsync()));

        var log = await stage.LogAsync();
        Assert.Equal(5, log.Count);
        var coalesced = log.Where(row => row.Status == "coalesced").ToList();
        Assert.InRange(coalesced.Count, 3, 4);
        Assert.All(coalesced, row => Assert.Equal((0, 0, 0), (row.Added, row.FlexRequests, row.Technicians.Count)));
        Assert.Equal(4, log.Sum(row => row.Added));
        Assert.Equal(stage.Flex.Log.Requests.Count, log.Sum(row => row.FlexRequests));
        Assert.All(log, row => Assert.Equal(stage.Manager.ToString(), row.TriggeredBy));
    }

    [Fact]
    public async Task A_request_that_is_refused_starts_no_run_and_leaves_no_row()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AddCrewCallAsync();
        await stage.Database.ExecuteAsync("update public.profiles set role = 'technician' where id = @Manager", new { stage.Manager });

        using var response = await stage.PostAsync(new { job_id = stage.Job });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(await stage.LogAsync());
        Assert.Empty(stage.Flex.Log.Requests);
    }
}
