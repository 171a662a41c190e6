using FlexCrew.Contract;
using FlexCrew.IntegrationTests.EndToEnd.Hooks;
using FlexCrew.LocalHost.Runs;
using FlexCrew.Locking;
using FlexCrew.Sync;
using FlexSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>What goes wrong when the work in Flex is done: nothing of it is lost.</summary>
public sealed class RunEndTests
{
    [Theory]
    [InlineData(BrokenLease.ReleaseFails)]
    [InlineData(BrokenLease.ReleaseNeverAnswers)]
    public async Task A_lease_that_cannot_be_given_back_makes_no_failure_of_a_sync_that_is_done(BrokenLease how)
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);

        var summary = await RunAsync(stage, how);

        Assert.Null(summary.Errors);
        Assert.Equal(2, summary.Added);
        await stage.AssertCrewAsync(crewCall, crew);
        Assert.Equal("succeeded", Assert.Single(await stage.LogAsync()).Status);
        Assert.Null(await stage.Database.ScalarAsync<string?>("select holder from public.flex_crew_fences"));
    }

    [Fact]
    public async Task A_lease_that_never_answers_fails_the_run_when_its_time_is_over_and_leaves_a_row()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AddCrewCallAsync();
        await stage.AssignAsync();

        var summary = await RunAsync(stage, BrokenLease.AcquireNeverAnswers);

        Assert.Single(summary.Errors!);
        Assert.Equal(0, stage.Flex.Log.Metrics.Requests);
        Assert.Equal(("failed", true), (Assert.Single(await stage.LogAsync()) is var row ? row.Status : "", row.WaitsForRetry));
    }

    /// <summary>A minute takes a second.</summary>
    [Fact]
    public async Task A_log_that_is_away_at_the_end_of_a_run_costs_neither_its_row_nor_its_retry_and_holds_nobody_up()
    {
        var clock = new FastClock(60);
        await using var stage = await Stage.SetAsync(configure: clock.Use, overrides: [.. ProductionSettings.All]);
        await clock.UseAsync(stage.Database);
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);
        var refused = stage.Flex.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(409), nth: 2);
        await stage.Database.ExecuteAsync("alter table public.flex_sync_log rename to away");

        var summary = await stage.SyncAsync();

        Assert.Equal((1, 1, 1), (refused.Played, (int)summary["added"]!, (int)summary["failedAdds"]!));
        var other = await stage.SyncAsync();
        Assert.Null(other["errors"]);
        await stage.AssertCrewAsync(crewCall, crew);

        await stage.Database.ExecuteAsync("alter table public.away rename to flex_sync_log");
        await Stage.UntilAsync(async () => (await stage.LogAsync()).Count(row => row.TriggeredBy != "retry") == 2, "both runs are logged");
        var log = await stage.LogAsync();
        Assert.Equal((1, 1), log.Where(row => row.Status == "partial").Select(row => (row.Added, row.Failed)).Single());
        await Stage.UntilAsync(async () => !(await stage.LogAsync()).Any(row => row.WaitsForRetry), "no retry waits");
        await stage.AssertCrewAsync(crewCall, crew);
    }

    /// <summary>A minute takes a second.</summary>
    [Fact]
    public async Task A_retry_whose_run_was_logged_late_is_made()
    {
        var clock = new FastClock(60);
        await using var stage = await Stage.SetAsync(configure: clock.Use, overrides: [.. ProductionSettings.All]);
        await clock.UseAsync(stage.Database);
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);
        stage.Flex.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(409), nth: 2);
        await stage.Database.ExecuteAsync("alter table public.flex_sync_log rename to away");
        await stage.SyncAsync();
        await Task.Delay(clock.Real(TimeSpan.FromMinutes(3)));

        await stage.Database.ExecuteAsync("alter table public.away rename to flex_sync_log");

        await Stage.UntilAsync(
            async () => (await stage.LogAsync()).Any(row => row is { TriggeredBy: "retry", Status: "succeeded" }), "the retry was made");
        Assert.Equal(["partial", "succeeded"], (await stage.LogAsync()).Select(row => row.Status));
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Theory]
    [InlineData(nameof(QueryFault.Refused))]
    [InlineData(nameof(QueryFault.ForNow))]
    public async Task Contacts_that_went_are_counted_and_told_also_when_their_rows_cannot_be_deleted(string fault)
    {
        await using var stage = await Stage.SetAsync(hosts: 0);
        var hook = new FailingQuery("delete crew rows", Enum.Parse<QueryFault>(fault));
        await stage.AddHostAsync(builder => builder.UseHook(hook));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(4);
        await stage.SyncAsync();
        foreach (var (technician, _) in crew.Take(3)) await stage.UnassignAsync(technician);

        var summary = await stage.SyncAsync();

        Assert.Equal(3, (int)summary["removed"]!);
        Assert.Contains("their rows were not", (string)Assert.Single(summary["errors"]!.AsArray())!);
        Assert.Equal([crew[3].Resource], crewCall.Flex.ResourceIds);
        var row = (await stage.LogAsync())[^1];
        Assert.Equal(("partial", 3, true), (row.Status, row.Removed, row.WaitsForRetry));
        Assert.Equal(
            crew.Take(3).Select(one => (Guid?)one.Id).Order(),
            row.Technicians.Where(each => each.Outcome == "contact removed").Select(each => each.Technician).Order());

        hook.Heal();
        Assert.Null((await stage.SyncAsync())["errors"]);
        await stage.AssertCrewAsync(crewCall, [crew[3]]);
    }

    private static Task<DepartmentSummary> RunAsync(Stage stage, BrokenLease how)
    {
        var services = stage.Host.Services;
        var settings = services.GetRequiredService<FlowSettings>() with
        {
            RunDeadline = TimeSpan.FromSeconds(2),
            DeadHolderAfter = TimeSpan.FromSeconds(1),
        };
        var request = new SyncJobRequest("run-1", stage.Job, ["sound"], true, "correlation-1", "test");
        return CrewCallSync.RunAsync(
            new DepartmentRun(DepartmentRun.HolderOf("run-1", "sound"), request, "sound", settings),
            services.GetRequiredService<DirectSteps>(),
            new Leases(services.GetRequiredService<ILeases>(), how),
            new Host());
    }

    /// <summary>How the leases of a host are broken.</summary>
    public enum BrokenLease
    {
        ReleaseFails,
        ReleaseNeverAnswers,
        AcquireNeverAnswers,
    }

    private sealed class Leases(ILeases inner, BrokenLease how) : ILeases
    {
        public Task<LeaseAnswer> TryAcquireAsync(LeaseKey key, LeaseRequest request) =>
            how == BrokenLease.AcquireNeverAnswers ? new TaskCompletionSource<LeaseAnswer>().Task : inner.TryAcquireAsync(key, request);

        public Task ReleaseAsync(LeaseKey key, LeaseRelease release) => how == BrokenLease.ReleaseFails
            ? Task.FromException(new InvalidOperationException("the entity failed"))
            : new TaskCompletionSource().Task;

        public Task<bool> TakeOverAsync(LeaseKey key, LeaseTakeOver takeOver) => inner.TakeOverAsync(key, takeOver);

        public Task<HolderState> HolderStateAsync(string holder) => inner.HolderStateAsync(holder);
    }

    private sealed class Host : ISyncHost
    {
        public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

        public Task DelayAsync(TimeSpan delay, CancellationToken cancellation) => Task.Delay(delay, cancellation);

        public void Report(SyncProgress progress)
        {
        }

        public void Settle(DepartmentSummary summary)
        {
        }
    }
}
