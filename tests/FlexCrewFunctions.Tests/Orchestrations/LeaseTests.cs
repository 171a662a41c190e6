using FlexCrew.Contract;
using FlexCrew.Locking;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Orchestrations;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Protobuf;

namespace FlexCrewFunctions.Tests.Orchestrations;

public class LeaseTests
{
    private readonly Sound sound = new Sound().NothingToDo();
    private readonly DateTimeOffset start;

    public LeaseTests() => start = sound.Hub.GetUtcNow();

    private TimeSpan Took => sound.Hub.GetUtcNow() - start;

    [Fact]
    public async Task A_run_holds_the_lease_while_it_works_and_gives_it_back()
    {
        var holder = "";
        sound.Hub.After(TimeSpan.FromMilliseconds(15), () => { holder = sound.Lease.Holder; return Task.CompletedTask; });
        var summary = await sound.RunAsync();

        Assert.Equal("me:sound", holder);
        Assert.Null(sound.Lease.Holder);
        Assert.Equal(summary, JsonDataConverter.Default.Deserialize<DepartmentSummary>(sound.Lease.LastCompleted?.Summary));
    }

    [Fact]
    public async Task A_busy_lease_is_waited_for_and_granted()
    {
        await sound.HeldByAsync("other");
        sound.Hub.Activities.HolderState = _ => new HolderState(HolderStatus.Running);
        sound.Hub.After(TimeSpan.FromSeconds(8), () => sound.GiveBackAsync("other"));
        var summary = await sound.RunAsync();

        Assert.Equal(1, summary.Kept);
        Assert.InRange(Took, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(10));
        Assert.Equal([0.05, 0.25, 0.25], sound.Hub.Waits.Take(3).Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Ten_runs_at_once_of_one_crew_call_cost_two()
    {
        foreach (var run in Enumerable.Range(1, 10).Select(number => Runs.Sound($"click{number}")))
            sound.Hub.Start(SyncCrewCallOrchestration.Name, run.Holder, JsonDataConverter.Default.Serialize(run), parent: null);
        await sound.Hub.RunAsync();

        var summaries =
            sound.Hub.Instances.Select(run => JsonDataConverter.Default.Deserialize<DepartmentSummary>(run.Completion!.Result)!);
        Assert.Equal(2, sound.Tries("ResolveCrew"));
        Assert.Equal((10, 8), (summaries.Count(summary => summary.Kept == 1), summaries.Count(summary => summary.Coalesced == true)));
        Assert.Equal(10, sound.Steps.Logged.Count());
        Assert.Null(sound.Lease.Holder);
    }

    [Fact]
    public async Task The_lease_of_a_holder_that_nobody_knows_any_more_is_taken_over_within_a_minute()
    {
        await sound.HeldByAsync("other");
        var summary = await sound.RunAsync();

        Assert.Equal(1, summary.Kept);
        Assert.InRange(Took, Runs.Settings.DeadHolderAfter, TimeSpan.FromSeconds(60));
        Assert.Contains("TakeOver", sound.Hub.Trace);
    }

    [Fact]
    public async Task The_lease_of_a_holder_that_was_ended_in_the_middle_is_taken_over_within_a_minute()
    {
        var other = Runs.Sound("other");
        sound.Hub.Start(SyncCrewCallOrchestration.Name, other.Holder, JsonDataConverter.Default.Serialize(other), parent: null);
        sound.Hub.After(TimeSpan.FromMilliseconds(25), () =>
        {
            sound.Hub.Find(
                other.Holder)!.Completion = new CompleteOrchestrationAction { OrchestrationStatus = OrchestrationStatus.Terminated };
            return Task.CompletedTask;
        });
        var summary = await sound.RunAsync();

        Assert.Equal(1, summary.Kept);
        Assert.InRange(Took, Runs.Settings.DeadHolderAfter, TimeSpan.FromSeconds(60));
        Assert.Null(sound.Lease.Holder);
    }

    [Fact]
    public async Task A_holder_that_still_runs_keeps_the_lease_and_who_gave_up_waiting_is_tried_again_later()
    {
        var token = await sound.HeldByAsync("other");
        sound.Hub.Activities.HolderState = _ => new HolderState(HolderStatus.Running);
        var summary = await sound.RunAsync();

        Assert.Equal(["Another sync of this crew call is still running"], summary.Errors);
        Assert.Equal(("failed", TimeSpan.FromMinutes(1)), (sound.Logged.Status, sound.Logged.RetryAfter));
        Assert.Equal(("other", token), (sound.Lease.Holder, sound.Lease.Token));
        Assert.Equal(0, sound.Tries("ResolveCrew"));
    }

    [Fact]
    public async Task A_holder_that_cannot_be_looked_up_counts_as_running()
    {
        await sound.HeldByAsync("other");
        sound.Hub.Activities.HolderState = _ => throw new InvalidOperationException("the backend is not there");
        var summary = await sound.RunAsync();

        Assert.Equal(["Another sync of this crew call is still running"], summary.Errors);
        Assert.Equal("other", sound.Lease.Holder);
        Assert.True(sound.Tries("HolderState") >= 3);
    }

    [Fact]
    public async Task A_holder_that_cannot_be_looked_up_loses_the_lease_once_its_own_deadline_is_over()
    {
        await sound.HeldByAsync("other");
        sound.Hub.Activities.HolderState = _ => throw new InvalidOperationException("the backend is not there");
        DepartmentSummary? summary = null;
        sound.Hub.After(TimeSpan.FromMinutes(10), () =>
        {
            var me = Runs.Sound();
            sound.Hub.Start(SyncCrewCallOrchestration.Name, me.Holder, JsonDataConverter.Default.Serialize(me), parent: null);
            return Task.CompletedTask;
        });
        await sound.Hub.RunAsync();
        summary = JsonDataConverter.Default.Deserialize<DepartmentSummary>(sound.Hub.Find("me:sound")!.Completion!.Result);

        Assert.Equal(1, summary?.Kept);
        Assert.InRange(Took, TimeSpan.FromMinutes(10) + Runs.Settings.DeadHolderAfter, TimeSpan.FromMinutes(11));
    }

    [Theory]
    [InlineData("TryAcquire")]
    [InlineData("TakeOver")]
    public async Task A_lease_that_fails_is_a_failed_run_in_the_log_that_is_tried_again_later(string operation)
    {
        await sound.HeldByAsync("other");
        sound.Hub.EntityFails = called => called == operation;
        var summary = await sound.RunAsync();

        Assert.Equal(["The sync failed unexpectedly"], summary.Errors);
        Assert.Equal(("failed", TimeSpan.FromMinutes(1)), (sound.Logged.Status, sound.Logged.RetryAfter));
        Assert.Equal("other", sound.Lease.Holder);
    }

    [Fact]
    public async Task A_run_that_prunes_does_not_coalesce_with_one_that_does_not()
    {
        foreach (var run in new[] { Runs.Sound("first", prune: false), Runs.Sound("second", prune: false), Runs.Sound("third") })
            sound.Hub.Start(SyncCrewCallOrchestration.Name, run.Holder, JsonDataConverter.Default.Serialize(run), parent: null);
        await sound.Hub.RunAsync();

        Assert.Equal(3, sound.Tries("ResolveCrew"));
    }
}
