using System.Text.Json.Nodes;
using FlexCrew.IntegrationTests.Database;
using FlexCrew.IntegrationTests.EndToEnd;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.Drift;

/// <summary>What a check looks at, what it takes for drift, and what it makes of what it finds.</summary>
public sealed class DriftCheckTests
{
    [Fact]
    public async Task It_is_off_until_somebody_switches_it_on()
    {
        await using var stage = await Stage.SetAsync();
        var season = new Season(stage);
        (await season.AddJobAsync()).Flex.AddContact(Guid.NewGuid().ToString());

        await season.CheckAsync();

        Assert.Empty(stage.Flex.Log.Requests);
        Assert.Empty(await stage.LogAsync());
    }

    [Theory]
    [InlineData(24, "Confirmado", true)]
    [InlineData(167, "Tentativa", true)]
    [InlineData(-20, "Confirmado", true)]
    [InlineData(-25, "Confirmado", false)]
    [InlineData(169, "Confirmado", false)]
    [InlineData(24, "Cancelado", false)]
    public async Task Jobs_that_begin_within_the_days_or_are_under_way_are_looked_at_and_cancelled_ones_are_not(
        double inHours, string status, bool isLookedAt)
    {
        await using var stage = await Season.StageAsync();
        var season = new Season(stage);
        var job = await season.AddJobAsync(inHours, status);
        job.Flex.AddContact(Guid.NewGuid().ToString());

        await season.CheckAsync();

        Assert.Equal(isLookedAt ? 2 : 0, stage.Flex.Log.Requests.Count);
        Assert.Equal(isLookedAt ? [job.Job] : Array.Empty<Guid>(), (await season.FoundAsync()).Keys);
    }

    [Fact]
    public async Task What_is_found_again_stays_one_row_and_ends_when_it_is_gone()
    {
        await using var stage = await Season.StageAsync();
        var season = new Season(stage);
        var job = await season.AddJobAsync();
        var stranger = job.Flex.AddContact(Guid.NewGuid().ToString());

        await season.CheckAsync();
        var (first, seen) = await RowAsync(stage);
        await season.CheckAsync();
        var (again, seenAgain) = await RowAsync(stage);

        Assert.Equal(first, again);
        Assert.True(seenAgain > seen);

        stage.Flex.World.RemoveLine(stranger.Id);
        await season.CheckAsync();
        Assert.NotNull(JsonNode.Parse((await stage.LogAsync()).Single().Errors)!["gone_at"]);

        job.Flex.Add(stranger);
        await season.CheckAsync();
        Assert.Equal(2, (await stage.LogAsync()).Count);
    }

    /// <summary>A command answers for its own person: whatever else differs in the crew call is there as before.</summary>
    [Fact]
    public async Task A_command_for_one_person_puts_nothing_right_that_a_check_found()
    {
        await using var stage = await Season.StageAsync();
        var season = new Season(stage);
        var job = await season.AddJobAsync();
        var stranger = job.Flex.AddContact(Guid.NewGuid().ToString());
        await season.CheckAsync();
        using var answer = await stage.PostAsync(
            new { job_id = job.Job, technician_id = job.Crew[0].Technician, department = "sound", action = "add" },
            route: "manage-flex-crew-assignments");
        Assert.Equal(200, (int)answer.StatusCode);

        await season.CheckAsync();
        Assert.Equal(["add succeeded", "sync drift"], (await stage.LogAsync()).Select(row => $"{row.Kind} {row.Status}").Order());

        stage.Flex.World.RemoveLine(stranger.Id);
        await season.CheckAsync();
        var drift = (await stage.LogAsync()).Single(row => row.Status == "drift");
        Assert.NotNull(JsonNode.Parse(drift.Errors)!["gone_at"]);
    }

    [Fact]
    public async Task What_comes_back_after_a_sync_is_a_finding_of_its_own_and_so_is_what_has_changed()
    {
        await using var stage = await Season.StageAsync();
        var season = new Season(stage);
        var job = await season.AddJobAsync();
        var stranger = job.Flex.AddContact(Guid.NewGuid().ToString());
        await season.CheckAsync();
        await SyncAsync(stage, job.Job);
        Assert.Equal(job.Crew.Select(one => one.Resource).Order(), job.Flex.ResourceIds.Order());

        job.Flex.Add(stranger);
        await season.CheckAsync();
        stage.Flex.World.RemoveLine(job.Crew[0].Line.Id);
        await season.CheckAsync();

        Assert.Equal(["drift", "succeeded", "drift", "drift"], (await stage.LogAsync()).Select(row => row.Status));
    }

    [Fact]
    public async Task A_run_that_another_host_is_making_is_no_drift_and_is_not_waited_for()
    {
        await using var stage = await Season.StageAsync();
        var season = new Season(stage);
        var job = await season.AddJobAsync();
        var newcomer = await stage.Database.AddTechnicianAsync(Guid.NewGuid().ToString());
        await stage.Database.AssignAsync(job.Job, newcomer, "SND-FOH-T");
        var other = await stage.AddHostAsync();
        var held = stage.Flex.Faults.Add(FlexEndpoint.AddResource, Fault.Hold());
        var click = SyncAsync(stage, job.Job, host: 1);
        await held.WaitUntilPlayedAsync();
        var reads = stage.Flex.Log.Requests.Count;

        await season.CheckAsync();

        Assert.Equal(reads, stage.Flex.Log.Requests.Count);
        Assert.Contains(stage.Host.Logs.Lines, line => line.Contains("1 busy", StringComparison.Ordinal));
        stage.Flex.Faults.Remove(held.Id);
        await click;
        await season.CheckAsync();
        Assert.All(await stage.LogAsync(), row => Assert.Equal("succeeded", row.Status));
    }

    [Fact]
    public async Task Of_what_a_run_left_that_died_the_check_tells()
    {
        await using var stage = await Season.StageAsync(("FlexCrew:LeaseTimeout", "00:00:02.500"));
        var season = new Season(stage);
        var job = await season.AddJobAsync();
        job.Flex.AddContact(Guid.NewGuid().ToString());
        await stage.Database.ExecuteAsync(
            """
            insert into public.flex_crew_fences (element, token, holder, claimed_at, touched_at, quiet_for)
            values (lower(@Id), 1, 'dead:sound', now() - interval '1 hour', now() - interval '1 hour', interval '30 s')
            """,
            new { job.Flex.Id });

        await season.CheckAsync();

        Assert.Equal("not_desired", (await season.FoundAsync())[job.Job]);
    }

    [Fact]
    public async Task Whoever_is_assigned_and_synced_between_the_two_looks_has_not_drifted()
    {
        await using var stage = await Season.StageAsync(("FlexCrew:Drift:LookAgainAfter", "00:00:02"));
        var season = new Season(stage);
        var job = await season.AddJobAsync();
        var newcomer = await stage.Database.AddTechnicianAsync(Guid.NewGuid().ToString());
        await stage.Database.AssignAsync(job.Job, newcomer, "SND-FOH-T");

        var check = season.CheckAsync();
        await stage.Flex.Log.WaitForAsync(request => request.Method == "GET");
        await SyncAsync(stage, job.Job);
        await check;

        Assert.Equal(["succeeded"], (await stage.LogAsync()).Select(row => row.Status));
    }

    [Fact]
    public async Task While_a_request_of_somebody_who_waits_is_under_way_none_is_sent()
    {
        await using var stage = await Season.StageAsync();
        var season = new Season(stage);
        var job = await season.AddJobAsync();
        var held = stage.Flex.Faults.Add(FlexEndpoint.Any, Fault.Hold(), times: 1);
        var click = SyncAsync(stage, job.Job);
        await held.WaitUntilPlayedAsync();

        var check = season.CheckAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(400));
        Assert.Single(stage.Flex.Log.Requests);

        stage.Flex.Faults.Remove(held.Id);
        await click;
        await check;
        Assert.Equal(1, stage.Flex.Log.Metrics.PeakConcurrency);
    }

    [Fact]
    public async Task From_seventy_percent_of_the_budget_on_it_asks_Flex_no_more()
    {
        await using var stage = await Season.StageAsync(("FlexCrew:FlexHourlyBudget", "10"));
        var season = new Season(stage);
        for (var number = 0; number < 10; number++) await season.AddJobAsync();

        await season.CheckAsync();

        Assert.Equal(7, stage.Flex.Log.Requests.Count);
        Assert.Contains(stage.Host.Logs.Lines, line => line.Contains("it ended early", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_gives_up_where_Flex_does_not_answer_and_calls_nothing_drift()
    {
        await using var stage = await Season.StageAsync(("FlexCrew:FlexMaxAttempts", "1"));
        var season = new Season(stage);
        for (var number = 0; number < 10; number++) await season.AddJobAsync();
        stage.Flex.Faults.Add(FlexEndpoint.Reads, Fault.Answer(503));

        await season.CheckAsync();

        Assert.InRange(stage.Flex.Log.Requests.Count, 1, 3);
        Assert.Empty(await stage.LogAsync());
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Only_where_that_is_switched_on_a_sync_puts_right_what_was_found(string heal)
    {
        await using var stage = await Season.StageAsync(("FlexCrew:Drift:Heal", heal));
        var season = new Season(stage);
        var (settled, job) = (await season.AddJobAsync(), await season.AddJobAsync());
        job.Flex.AddContact(Guid.NewGuid().ToString());

        await season.CheckAsync();

        var rows = await stage.LogAsync();
        Assert.DoesNotContain(rows, row => row.JobId == settled.Job);
        Assert.Equal(
            heal == "true" ? ["drift drift", "succeeded drift"] : ["drift drift"],
            rows.Select(row => $"{row.Status} {row.TriggeredBy}"));
        Assert.Equal(heal == "true" ? 3 : 4, job.Flex.Contacts.Count);
        Assert.Single(rows.Select(row => row.CorrelationId).Distinct());
    }

    [Fact]
    public async Task Where_orphans_are_not_to_be_pruned_a_foreign_contact_is_no_drift()
    {
        await using var stage = await Season.StageAsync(("FlexCrew:Drift:PruneOrphans", "false"));
        var season = new Season(stage);
        (await season.AddJobAsync()).Flex.AddContact(Guid.NewGuid().ToString());

        await season.CheckAsync();

        Assert.Empty(await stage.LogAsync());
    }

    [Fact]
    public async Task LocalHost_checks_by_itself()
    {
        await using var stage = await Season.StageAsync(("FlexCrew:Drift:Interval", "00:00:00.100"));
        var season = new Season(stage);
        (await season.AddJobAsync()).Flex.AddContact(Guid.NewGuid().ToString());

        await Stage.UntilAsync(async () => (await season.FoundAsync()).Count == 1, "the drift is found");
    }

    private static async Task SyncAsync(Stage stage, Guid job, int host = 0)
    {
        using var answer = await stage.PostAsync(new { job_id = job, departments = new[] { "sound" } }, host);
        Assert.Equal(200, (int)answer.StatusCode);
        await stage.RunsEndedAsync();
    }

    private static async Task<((Guid Id, DateTime StartedAt) Row, DateTime SeenAt)> RowAsync(Stage stage)
    {
        var (id, started, finished) = (await stage.Database.RowsAsync<(Guid, DateTime, DateTime)>(
            "select id, started_at, finished_at from public.flex_sync_log where status = 'drift'")).Single();
        return ((id, started), finished);
    }
}
