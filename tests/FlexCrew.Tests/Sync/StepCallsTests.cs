using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;

namespace FlexCrew.Tests.Sync;

public class StepCallsTests
{
    private static readonly Failure Outage = new(FailureKind.FlexUnavailable, "Flex is down", Retryable: true, Status: 503);
    private static readonly StepResult<CrewPlan> Rows = new(new CrewPlan(), null, FlexRequests: 2, Unknowns: 1);

    private readonly FakeHost host = new();
    private readonly ScriptedSteps steps = new();

    [Fact]
    public async Task A_step_that_succeeds_is_called_once()
    {
        steps.Answer(SyncSteps.Reread, Rows);

        Assert.Equal(Rows, await CallAsync());
        Assert.Equal(1, steps.CallsOf(SyncSteps.Reread));
    }

    [Fact]
    public async Task A_step_that_may_succeed_later_is_called_again_after_the_waits_of_the_schedule()
    {
        steps.Answer(SyncSteps.Reread, Failed(Outage), Failed(Outage), Rows);

        Assert.Null((await CallAsync()).Failure);
        Assert.Equal([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)], host.Waits);
    }

    [Fact]
    public async Task When_the_schedule_is_over_the_failure_is_the_answer()
    {
        steps.Answer(SyncSteps.Reread, Failed(Outage));

        Assert.Equal(Outage, (await CallAsync()).Failure);
        Assert.Equal(3, steps.CallsOf(SyncSteps.Reread));
    }

    [Fact]
    public async Task What_cannot_succeed_is_called_once()
    {
        steps.Answer(SyncSteps.Reread, Failed(new Failure(FailureKind.FlexToken, "The token has expired", Status: 403)));

        Assert.Equal(FailureKind.FlexToken, (await CallAsync()).Failure?.Kind);
        Assert.Equal(1, steps.CallsOf(SyncSteps.Reread));
        Assert.Empty(host.Waits);
    }

    [Fact]
    public async Task A_longer_wait_that_Flex_asks_for_is_kept()
    {
        steps.Answer(SyncSteps.Reread, Failed(Outage with { RetryAfter = TimeSpan.FromSeconds(40) }), Rows);
        await CallAsync();

        Assert.Equal([TimeSpan.FromSeconds(40)], host.Waits);
    }

    [Fact]
    public async Task A_shorter_one_does_not_shorten_the_schedule()
    {
        steps.Answer(SyncSteps.Reread, Failed(Outage with { RetryAfter = TimeSpan.FromSeconds(1) }), Rows);
        await CallAsync();

        Assert.Equal([TimeSpan.FromSeconds(5)], host.Waits);
    }

    [Fact]
    public async Task A_wait_of_more_than_two_minutes_is_left_to_the_retry_queue()
    {
        steps.Answer(SyncSteps.Reread, Failed(Outage with { RetryAfter = TimeSpan.FromMinutes(10) }));

        Assert.Equal(Outage.Message, (await CallAsync()).Failure?.Message);
        Assert.Empty(host.Waits);
    }

    [Fact]
    public async Task What_all_tries_cost_adds_up()
    {
        steps.Answer(
            SyncSteps.Reread, new StepResult<CrewPlan>(null, Outage, FlexRequests: 3, Unknowns: 1, Passes: 2),
            Failed(Outage) with { Passes = 5 }, Rows);
        var result = await CallAsync();

        Assert.Equal((5, 2, 7), (result.FlexRequests, result.Unknowns, result.Passes));
    }

    [Fact]
    public async Task Nothing_starts_after_the_deadline()
    {
        Assert.Equal(
            new Failure(FailureKind.DeadlineExceeded, "The sync reached its time limit"), (await CallAsync(limit: TimeSpan.Zero)).Failure);
        Assert.Empty(steps.Calls);
    }

    [Fact]
    public async Task A_step_that_would_be_tried_again_after_the_deadline_is_not_and_tells_what_it_had_cost()
    {
        steps.Answer(SyncSteps.Reread, new StepResult<CrewPlan>(null, Outage, FlexRequests: 3, Unknowns: 1));
        var result = await CallAsync(limit: TimeSpan.FromSeconds(3));

        Assert.Equal((FailureKind.DeadlineExceeded, 3, 1), (result.Failure?.Kind, result.FlexRequests, result.Unknowns));
        Assert.Equal(1, steps.CallsOf(SyncSteps.Reread));
    }

    [Fact]
    public async Task A_step_that_never_answers_is_a_failure_once_its_time_is_over()
    {
        steps.Hold(SyncSteps.Reread);
        var result = await host.PassUntilAsync(() => CallAsync());

        Assert.Equal(
            new Failure(FailureKind.DeadlineExceeded, "The step RereadCrew did not answer within the time limit of the sync"),
            result.Failure);
        Assert.Equal(FakeHost.Noon + Runs.Settings.RunDeadline + (Runs.Settings.DeadHolderAfter / 2), host.UtcNow);
    }

    [Fact]
    public async Task What_a_step_had_cost_before_it_fell_silent_is_told()
    {
        steps.Answer(SyncSteps.Reread, new StepResult<CrewPlan>(null, Outage, FlexRequests: 3, Unknowns: 1, Passes: 2))
            .Hold(SyncSteps.Reread);
        var result = await host.PassUntilAsync(() => CallAsync());

        Assert.Equal((FailureKind.DeadlineExceeded, 3, 1, 2), (result.Failure?.Kind, result.FlexRequests, result.Unknowns, result.Passes));
    }

    [Fact]
    public async Task The_log_is_written_after_the_deadline_too()
    {
        using var deadline = new RunDeadline(host, Runs.Settings with { RunDeadline = TimeSpan.Zero });
        await new StepCalls(steps, host, Runs.Settings, deadline)
            .CallAsync(SyncSteps.Record, new RecordInput(Runs.Context, LogRowsTests.AnyRow, "granted", 0, Passes: 0));

        Assert.Single(steps.Logged);
    }

    private static StepResult<CrewPlan> Failed(Failure failure) => StepResult<CrewPlan>.Failed(failure);

    private async Task<StepResult<CrewPlan>> CallAsync(TimeSpan? limit = null)
    {
        var settings = Runs.Settings with { RunDeadline = limit ?? Runs.Settings.RunDeadline };
        using var deadline = new RunDeadline(host, settings);
        return await new StepCalls(steps, host, settings, deadline)
            .CallAsync(SyncSteps.Reread, new RereadInput(Runs.Context, Runs.Target, new PlanOptions(PruneOrphans: true), []));
    }
}
