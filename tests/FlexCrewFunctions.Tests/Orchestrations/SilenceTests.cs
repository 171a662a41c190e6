using FlexCrew.Contract;
using FlexCrew.Tests.Sync.Fakes;

namespace FlexCrewFunctions.Tests.Orchestrations;

/// <summary>Nothing that never answers keeps a run for ever: an entity whose worker died, an activity whose message was lost.</summary>
public class SilenceTests
{
    private readonly Sound sound = new Sound().EverythingToDo();
    private readonly DateTimeOffset start;

    public SilenceTests() => start = sound.Hub.GetUtcNow();

    public static TheoryData<string> StepsBeforeTheLog => [.. Sound.StepNames.Where(name => name != "RecordRun")];

    private TimeSpan Took => sound.Hub.GetUtcNow() - start;

    [Theory]
    [InlineData("TryAcquire"), InlineData("TakeOver")]
    public async Task A_lease_that_never_answers_does_not_keep_a_run_for_ever(string operation)
    {
        await sound.HeldByAsync("dead");
        sound.Hub.EntitySilent = called => called == operation;
        var summary = await sound.RunAsync();

        Assert.Equal(["Another sync of this crew call is still running"], summary.Errors);
        Assert.Equal(("failed", TimeSpan.FromMinutes(1)), (sound.Logged.Status, sound.Logged.RetryAfter));
        AssertEndedSoonAfterTheDeadline();
    }

    [Fact]
    public async Task A_look_up_of_the_holder_that_never_answers_does_not_either()
    {
        await sound.HeldByAsync("other");
        sound.Hub.Activities.Silent = "HolderState";

        var summary = await sound.SettleAsync();
        Assert.Equal(["Another sync of this crew call is still running"], summary.Errors);
        AssertSettledSoonAfterTheDeadline(summary);
    }

    /// <summary>Nobody waits for a release.</summary>
    [Fact]
    public async Task A_release_that_gets_lost_costs_the_run_no_time()
    {
        sound.Hub.EntitySilent = called => called == "Release";

        Assert.Null((await sound.RunAsync()).Errors);
        Assert.InRange(Took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Theory, MemberData(nameof(StepsBeforeTheLog))]
    public async Task An_activity_that_never_answers_is_given_up_and_the_run_is_logged_and_leaves_the_lease(string step)
    {
        sound.Hub.Activities.Silent = step;
        var summary = await sound.SettleAsync();

        Assert.Contains(
            $"The step {step} did not answer within the time limit of the sync",
            string.Join('\n', [.. summary.Errors ?? [], .. summary.BusinessRoleDiagnostics ?? []]));
        Assert.Equal(TimeSpan.FromMinutes(1), sound.Logged.RetryAfter);
        sound.AssertFreeAndNobodyCoalesces();
        AssertSettledSoonAfterTheDeadline(summary);
    }

    [Fact]
    public async Task A_log_that_never_answers_keeps_a_run_for_a_day_at_most_and_the_lease_for_no_longer_than_a_take_over()
    {
        sound.Hub.Activities.Silent = "RecordRun";
        var holder = "nobody looked";
        sound.Hub.After(Runs.Settings.RunDeadline + Runs.Settings.DeadHolderAfter, () =>
        {
            holder = sound.Lease.Holder;
            return Task.CompletedTask;
        });

        Assert.Null((await sound.SettleAsync()).Errors);
        Assert.Null(holder);
        Assert.InRange(Took, TimeSpan.FromHours(24), TimeSpan.FromHours(26));
    }

    private static void AssertSettledSoonAfterTheDeadline(DepartmentSummary summary) => Assert.InRange(
        TimeSpan.FromMilliseconds(summary.DurationMs!.Value),
        Runs.Settings.RunDeadline,
        Runs.Settings.RunDeadline + Runs.Settings.DeadHolderAfter);

    private void AssertEndedSoonAfterTheDeadline() =>
        Assert.InRange(Took, Runs.Settings.RunDeadline, Runs.Settings.RunDeadline + Runs.Settings.DeadHolderAfter);
}
