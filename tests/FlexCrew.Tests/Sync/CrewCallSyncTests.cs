using System.Text.Json;
using FlexCrew.Contract;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Locking;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync;

public sealed class CrewCallSyncTests
{
    private static readonly Failure Refused = new(FailureKind.FlexRejected, "Flex refused it");

    private readonly FakeHost host = new();
    private readonly ScriptedSteps steps = new();
    private readonly MemoryLeases leases;

    public CrewCallSyncTests() => leases = new MemoryLeases(() => host.UtcNow);

    public static TheoryData<string> StepsOfTheFlow =>
        ["ResolveCrew", "PruneOrphans", "DeleteStaleRows", "RereadCrew", "AddContact", "SetBusinessRole", "RemoveLeftovers"];

    private RecordInput Recorded => steps.Inputs<RecordInput>().Last();

    [Fact]
    public async Task A_run_that_succeeds_gives_the_lease_back_answers_others_and_is_logged()
    {
        var summary = await RunAsync();

        Assert.Null(leases.State.Holder);
        Assert.Equal(JsonSerializer.Serialize(summary), leases.State.LastCompleted?.Summary);
        Assert.Equal(("succeeded", "me"), (Assert.Single(steps.Logged).Status, Recorded.Row.InstanceId));
        Assert.Equal("granted", Recorded.Lease);
    }

    [Theory, MemberData(nameof(StepsOfTheFlow))]
    public async Task Whatever_step_fails_the_lease_is_given_back_nobody_is_answered_and_the_run_is_logged(string step)
    {
        Spoil(step, Failing.WithAFailure);
        var summary = await RunAsync();

        AssertFreeAndAnswersNobody();
        Assert.Contains(Assert.Single(steps.Logged).Status, new[] { "partial", "failed" });
        Assert.NotNull(Recorded.Row.RetryAfter);
        Assert.Contains("Flex refused it", JsonSerializer.Serialize(summary));
    }

    [Theory, MemberData(nameof(StepsOfTheFlow))]
    public async Task Whatever_step_throws_the_lease_is_given_back_nobody_is_answered_and_the_run_is_logged(string step)
    {
        Spoil(step, Failing.WithAnException);
        var summary = await RunAsync();

        AssertFreeAndAnswersNobody();
        Assert.Equal("failed", Assert.Single(steps.Logged).Status);
        Assert.Equal(["The sync failed unexpectedly"], summary.Errors);
    }

    [Theory, MemberData(nameof(StepsOfTheFlow))]
    public async Task Whatever_step_never_answers_the_run_ends_and_is_logged(string step)
    {
        Spoil(step, Failing.ByNeverAnswering);
        var summary = await host.PassUntilAsync(RunAsync);

        AssertFreeAndAnswersNobody();
        Assert.Contains($"The step {step} did not answer within the time limit", JsonSerializer.Serialize(summary));
        Assert.NotNull(Assert.Single(steps.Logged).RetryAfter);
        Assert.InRange(host.UtcNow - FakeHost.Noon, Runs.Settings.RunDeadline, Runs.Settings.RunDeadline + Runs.Settings.DeadHolderAfter);
    }

    /// <summary>One that passed the fence and that no step tells of may still be under way: then the fence is left to time.</summary>
    [Fact]
    public async Task The_run_gives_its_fence_back_with_the_writes_that_its_steps_tell_of()
    {
        steps.Plan(new CrewPlan { Additions = [Addition("r1", 1) with { Role = null }], Deletions = [Deletion("L8", "r8")] });
        steps.Answer(SyncSteps.Add, new StepResult<AddedContact>(null, Refused, Passes: 2));
        steps.Answer(SyncSteps.Prune, new StepResult<RemovedContacts>(new RemovedContacts(), null, Passes: 3));
        await RunAsync();

        Assert.Equal(5, Recorded.Passes);
    }

    [Fact]
    public async Task The_summary_is_settled_before_the_run_is_recorded_and_its_lease_given_back()
    {
        host.OnSettle = () =>
        {
            Assert.Equal(["ResolveCrew"], steps.Calls.Select(call => call.Name));
            Assert.Equal("me:sound", leases.State.Holder);
        };
        var summary = await RunAsync();

        Assert.Equal(summary, Assert.Single(host.Settled));
        Assert.Equal(1, steps.CallsOf(SyncSteps.Record));
    }

    [Fact]
    public async Task A_release_that_fails_changes_nothing_but_that_the_lease_waits_to_be_taken_over()
    {
        leases.OnCall = method => { if (method == "ReleaseAsync") throw new InvalidOperationException("boom"); };
        var summary = await RunAsync();

        Assert.Null(summary.Errors);
        Assert.Equal("succeeded", Assert.Single(steps.Logged).Status);
        Assert.Equal("me:sound", leases.State.Holder);
        Assert.Equal("done", host.Progress[^1].Stage);
    }

    [Fact]
    public async Task A_release_that_never_answers_does_not_keep_the_run()
    {
        leases.Silent.Add("ReleaseAsync");
        var summary = await host.PassUntilAsync(RunAsync);

        Assert.Null(summary.Errors);
        Assert.Equal("done", host.Progress[^1].Stage);
        Assert.Equal(1, steps.CallsOf(SyncSteps.Record));
    }

    /// <summary>Three tries, and then the lease is not kept from others any longer.</summary>
    [Fact]
    public async Task A_run_that_cannot_be_recorded_at_once_gives_the_lease_back_first_and_is_recorded_later()
    {
        var away = StepResult<RunRecorded>.Failed(new Failure(FailureKind.Database, "the database is away", Retryable: true));
        steps.Answer(SyncSteps.Record, [.. Enumerable.Repeat(away, 10), new StepResult<RunRecorded>(new RunRecorded("succeeded"), null)]);
        var freeAt = DateTimeOffset.MaxValue;
        leases.OnCall = method => { if (method == "ReleaseAsync") freeAt = host.UtcNow; };

        var summary = await RunAsync();

        Assert.Null(summary.Errors);
        Assert.Null(leases.State.Holder);
        Assert.Equal(FakeHost.Noon.AddSeconds(20), freeAt);
        Assert.Equal(11, steps.CallsOf(SyncSteps.Record));
        Assert.Equal([5, 15, 60, 5, 15, 120, 5, 15, 240, 5], host.Waits.Select(wait => wait.TotalSeconds));
        Assert.Contains(new SyncProgress("waiting to be recorded"), host.Progress);
    }

    [Fact]
    public async Task A_run_that_cannot_be_recorded_for_a_day_is_left_unrecorded()
    {
        steps.Fail(SyncSteps.Record, new Failure(FailureKind.Database, "the database is away"));

        Assert.Null((await RunAsync()).Errors);
        Assert.InRange(host.UtcNow - FakeHost.Noon, TimeSpan.FromHours(24), TimeSpan.FromHours(24.6));
        Assert.Equal(TimeSpan.FromMinutes(30), host.Waits.Max());
        Assert.Equal("done", host.Progress[^1].Stage);
    }

    [Fact]
    public async Task A_log_that_never_answers_does_not_keep_the_run_for_ever_nor_the_lease()
    {
        steps.Hold(SyncSteps.Record);
        var summary = await host.PassUntilAsync(RunAsync);

        Assert.Null(summary.Errors);
        Assert.Null(leases.State.Holder);
        Assert.InRange(host.UtcNow - FakeHost.Noon, TimeSpan.FromHours(24), TimeSpan.FromHours(26));
    }

    [Fact]
    public async Task The_last_progress_is_that_it_is_done()
    {
        await RunAsync();
        Assert.Equal("done", host.Progress[^1].Stage);
    }

    [Fact]
    public async Task Without_a_crew_call_the_run_is_skipped_with_the_note_of_the_original()
    {
        steps.Answer(SyncSteps.Resolve, new ResolvedCrew());
        var summary = await RunAsync();

        Assert.Equal("no crew call mapping", summary.Note);
        Assert.Null(summary.Added);
        Assert.Equal("skipped", Assert.Single(steps.Logged).Status);
        Assert.Null(leases.State.Holder);
    }

    [Fact]
    public async Task A_run_that_another_one_answers_has_its_result_and_writes_nothing()
    {
        leases.HeldBy("first");
        var ticket = leases.AwaitedBy("second");
        host.OnWait = () =>
        {
            if (leases.State.Holder != "first") return;
            leases.Give("first", null);
            leases.HeldBy("second", ticket);
            leases.Give("second", """{"added":3,"kept":2}""");
        };
        var summary = await RunAsync();

        Assert.Equal((3, 2, true), (summary.Added, summary.Kept, summary.Coalesced));
        Assert.Equal(("coalesced", "coalesced", 0.05), (Assert.Single(steps.Logged).Status, Recorded.Lease, Recorded.LeaseWaitSeconds));
        Assert.Single(steps.Calls);
    }

    [Fact]
    public async Task A_run_that_never_got_the_lease_says_so_is_logged_and_tried_again_and_leaves_the_lease_alone()
    {
        leases.HeldBy("other");
        var summary = await RunAsync();

        Assert.Equal(["Another sync of this crew call is still running"], summary.Errors);
        Assert.Equal(("failed", "gave up"), (Assert.Single(steps.Logged).Status, Recorded.Lease));
        Assert.NotNull(Recorded.Row.RetryAfter);
        Assert.Equal("other", leases.State.Holder);
    }

    [Fact]
    public async Task A_lease_that_never_answers_is_as_one_that_was_never_granted()
    {
        leases.Silent.Add("TryAcquireAsync");
        var summary = await host.PassUntilAsync(RunAsync);

        Assert.Equal(["Another sync of this crew call is still running"], summary.Errors);
        Assert.NotNull(Assert.Single(steps.Logged).RetryAfter);
        Assert.Single(steps.Calls);
    }

    [Fact]
    public async Task A_run_whose_lease_fails_says_so_is_logged_and_tried_again()
    {
        leases.OnCall = _ => throw new InvalidOperationException("boom");
        var summary = await RunAsync();

        Assert.Equal(["The sync failed unexpectedly"], summary.Errors);
        Assert.Equal("failed", Assert.Single(steps.Logged).Status);
        Assert.NotNull(Recorded.Row.RetryAfter);
        Assert.Single(steps.Calls);
    }

    [Fact]
    public async Task Steps_know_when_the_time_of_their_run_is_over_and_under_which_name_it_writes()
    {
        await RunAsync();

        Assert.All(steps.Calls.Select(call => ((IStepInput)call.Input).Run), run =>
            Assert.Equal(
                (FakeHost.Noon + Runs.Settings.RunDeadline, "me:sound", "correlation"), (run.Deadline, run.Holder, run.CorrelationId)));
    }

    private Task<DepartmentSummary> RunAsync() => CrewCallSync.RunAsync(Runs.Sound(), steps, leases, host);

    private void AssertFreeAndAnswersNobody()
    {
        Assert.NotEqual(0, leases.State.Token);
        Assert.Null(leases.State.Holder);
        Assert.Null(leases.State.LastCompleted);
    }

    /// <summary>A world in which every step is called, one of which fails.</summary>
    private void Spoil(string step, Failing how)
    {
        var plan = new CrewPlan
        {
            Deletions = [Deletion("L8", "r8")], Additions = [Addition("r1", 1)], LeftoverRows = [Leaving(9, "L9")],
        };
        if (step != "ResolveCrew") steps.Plan(plan with { StaleRows = [Leaving(7, "gone")] });
        if (step != "RereadCrew") steps.Answer(SyncSteps.Reread, plan);
        if (step == SyncSteps.Resolve.Name) Break(SyncSteps.Resolve);
        if (step == SyncSteps.Prune.Name) Break(SyncSteps.Prune);
        if (step == SyncSteps.DeleteStale.Name) Break(SyncSteps.DeleteStale);
        if (step == SyncSteps.Reread.Name) Break(SyncSteps.Reread);
        if (step == SyncSteps.Add.Name) Break(SyncSteps.Add);
        if (step == SyncSteps.SetRole.Name) Break(SyncSteps.SetRole);
        if (step == SyncSteps.Remove.Name) Break(SyncSteps.Remove);

        void Break<TIn, TOut>(Step<TIn, TOut> failing) where TIn : IStepInput where TOut : class
        {
            if (how == Failing.WithAFailure) steps.Fail(failing, Refused);
            else if (how == Failing.WithAnException) steps.Throw(failing, new InvalidOperationException("boom"));
            else steps.Hold(failing);
        }
    }

    private enum Failing
    {
        WithAFailure,
        WithAnException,
        ByNeverAnswering,
    }
}
