using System.Text.Json;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync;

public class CrewCallSyncTests
{
    private static readonly Failure Refused = new(FailureKind.FlexRejected, "Flex refused it");

    private readonly FakeHost host = new();
    private readonly ScriptedSteps steps = new();
    private readonly MemoryLeases leases;

    public CrewCallSyncTests() => leases = new MemoryLeases(host);

    public static TheoryData<string> StepsThatFail => ["ResolveCrew", "PruneOrphans", "DeleteStaleRows", "RereadCrew", "AddContact", "SetBusinessRole", "RemoveLeftovers"];

    [Fact]
    public async Task A_run_that_succeeds_gives_the_lease_back_covers_others_and_is_logged()
    {
        var summary = await RunAsync();

        Assert.Null(leases.State.Holder);
        Assert.Equal(JsonSerializer.Serialize(summary), leases.State.LastCompleted?.Summary);
        Assert.Equal(("succeeded", "me"), (Assert.Single(steps.Logged).Status, steps.Logged.Single().InstanceId));
    }

    [Theory, MemberData(nameof(StepsThatFail))]
    public async Task Whatever_step_fails_the_lease_is_given_back_nobody_is_covered_and_the_run_is_logged(string step)
    {
        FailAt(step, throws: false);
        var summary = await RunAsync();

        Assert.Null(leases.State.Holder);
        Assert.Null(leases.State.LastCompleted);
        Assert.Contains(Assert.Single(steps.Logged).Status, new[] { "partial", "failed" });
        Assert.NotNull(steps.Logged.Single().RetryAfter);
        Assert.Contains("Flex refused it", JsonSerializer.Serialize(summary));
    }

    [Theory, MemberData(nameof(StepsThatFail))]
    public async Task Whatever_step_throws_the_lease_is_given_back_nobody_is_covered_and_the_run_is_logged(string step)
    {
        FailAt(step, throws: true);
        var summary = await RunAsync();

        Assert.Null(leases.State.Holder);
        Assert.Null(leases.State.LastCompleted);
        Assert.Equal("failed", Assert.Single(steps.Logged).Status);
        Assert.Equal(["The sync failed unexpectedly"], summary.Errors);
    }

    [Fact]
    public async Task A_host_that_stops_gives_the_lease_back()
    {
        steps.Throw(SyncSteps.Prune, new OperationCanceledException());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(RunAsync);
        Assert.Null(leases.State.Holder);
    }

    [Fact]
    public async Task A_run_that_could_not_be_logged_says_so_and_still_gives_the_lease_back()
    {
        steps.Fail(SyncSteps.Record, new Failure(FailureKind.Database, "Database query 'log' failed (timeout)"));
        var summary = await RunAsync();

        Assert.Null(leases.State.Holder);
        Assert.Equal(["the run was not logged: Database query 'log' failed (timeout)"], summary.Diagnostics);
    }

    [Fact]
    public async Task What_was_worth_knowing_is_told_beside_the_log_that_failed()
    {
        steps.Answer(SyncSteps.Resolve, new ResolvedCrew(Guid.Empty, "element", [], new Dictionary<string, string>(), false, ["a diagnostic"]));
        steps.Fail(SyncSteps.Record, new Failure(FailureKind.Database, "timeout"));

        Assert.Equal(["a diagnostic", "the run was not logged: timeout"], (await RunAsync()).Diagnostics);
    }

    [Fact]
    public async Task The_last_progress_is_that_it_is_done()
    {
        await RunAsync();

        Assert.Equal("done", host.Progress[^1].Stage);
    }

    [Fact]
    public async Task A_log_that_throws_does_not_keep_the_lease()
    {
        steps.Throw(SyncSteps.Record, new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(RunAsync);
        Assert.Null(leases.State.Holder);
    }

    [Fact]
    public async Task Without_a_crew_call_the_run_is_skipped_with_the_note_of_the_original()
    {
        steps.Answer(SyncSteps.Resolve, new ResolvedCrew(null, null, [], new Dictionary<string, string>(), false, []));
        var summary = await RunAsync();

        Assert.Equal("no crew call mapping", summary.Note);
        Assert.Null(summary.Added);
        Assert.Equal("skipped", Assert.Single(steps.Logged).Status);
        Assert.Null(leases.State.Holder);
    }

    [Fact]
    public async Task A_run_that_another_covered_answers_with_its_result_and_writes_nothing()
    {
        leases.HeldBy("first");
        host.OnWait = () =>
        {
            if (host.Waits.Count != 1) return;
            leases.Give("first", null);
            leases.HeldBy("second");
            leases.Give("second", """{"added":3,"kept":2}""");
        };
        var summary = await RunAsync();

        Assert.Equal((3, 2, true), (summary.Added, summary.Kept, summary.Coalesced));
        Assert.Equal("coalesced", Assert.Single(steps.Logged).Status);
        Assert.Single(steps.Calls);
    }

    [Fact]
    public async Task A_run_that_never_got_the_lease_says_so_is_logged_and_tried_again_and_leaves_the_lease_alone()
    {
        leases.HeldBy("other");
        var summary = await RunAsync();

        Assert.Equal(["Another sync of this crew call is still running"], summary.Errors);
        Assert.Equal("failed", Assert.Single(steps.Logged).Status);
        Assert.NotNull(steps.Logged.Single().RetryAfter);
        Assert.Equal("other", leases.State.Holder);
    }

    [Fact]
    public async Task A_run_whose_lease_fails_says_so_is_logged_and_tried_again()
    {
        leases.OnAsk = () => throw new InvalidOperationException("boom");
        var summary = await RunAsync();

        Assert.Equal(["The sync failed unexpectedly"], summary.Errors);
        Assert.Equal("failed", Assert.Single(steps.Logged).Status);
        Assert.NotNull(steps.Logged.Single().RetryAfter);
        Assert.Single(steps.Calls);
    }

    [Fact]
    public async Task Steps_carry_the_token_of_the_grant()
    {
        await RunAsync();

        Assert.All(steps.Calls, call => Assert.Equal(leases.State.Token, ((IStepInput)call.Input).Run.Token));
        Assert.NotEqual(0, leases.State.Token);
    }

    [Fact]
    public async Task A_shared_crew_call_is_not_pruned_and_the_summary_says_why()
    {
        steps.Answer(SyncSteps.Resolve, new ResolvedCrew(Guid.Empty, "element", [], new Dictionary<string, string>(), Shared: true, []));
        steps.Answer(SyncSteps.Reread, new CrewRows([Row(9, "L9")]));
        var summary = await RunAsync();

        var prune = steps.Calls.Select(call => call.Input).OfType<PruneInput>().Single();
        Assert.Equal((false, true), (prune.PruneOrphans, prune.Shared));
        Assert.True(steps.Calls.Select(call => call.Input).OfType<RemoveInput>().Single().Shared);
        Assert.Contains("linked to another department or job", Assert.Single(summary.Diagnostics!));
    }

    private Task<DepartmentSummary> RunAsync() => CrewCallSync.RunAsync(Runs.Sound(), steps, leases, host);

    /// <summary>A world in which every step is called, one of which fails.</summary>
    private void FailAt(string step, bool throws)
    {
        var roles = new Dictionary<string, string> { ["tecnico"] = "id" };
        var row = Row(9, "L9");
        if (step != "ResolveCrew")
            steps.Answer(SyncSteps.Resolve, new ResolvedCrew(Guid.Empty, "element", [Desired("r1", 1)], roles, false, []));
        if (step != "RereadCrew")
            steps.Answer(SyncSteps.Reread, new CrewRows([row]));
        if (step == SyncSteps.Resolve.Name) Fail(SyncSteps.Resolve);
        if (step == SyncSteps.Prune.Name) Fail(SyncSteps.Prune);
        if (step == SyncSteps.DeleteStale.Name) Fail(SyncSteps.DeleteStale);
        if (step == SyncSteps.Reread.Name) Fail(SyncSteps.Reread);
        if (step == SyncSteps.Add.Name) Fail(SyncSteps.Add);
        if (step == SyncSteps.SetRole.Name) Fail(SyncSteps.SetRole);
        if (step == SyncSteps.Remove.Name) Fail(SyncSteps.Remove);

        void Fail<TIn, TOut>(Step<TIn, TOut> failing) where TIn : IStepInput where TOut : class
        {
            if (throws) steps.Throw(failing, new InvalidOperationException("boom"));
            else steps.Fail(failing, Refused);
        }
    }
}
