using FlexCrew;
using FlexCrewFunctions.Orchestrations;

namespace FlexCrewFunctions.Tests.Orchestrations;

public class ActivityFailureTests
{
    private static readonly Failure Outage = new(FailureKind.FlexUnavailable, "Flex is down", Retryable: true, Status: 503);
    private static readonly Failure Refused = new(FailureKind.FlexToken, "The token has expired", Status: 403);

    public static TheoryData<string> Steps => [.. Sound.StepNames];

    public static TheoryData<string> StepsBeforeTheLog => [.. Sound.StepNames.Where(name => name != "RecordRun")];

    [Theory, MemberData(nameof(Steps))]
    public async Task An_activity_that_fails_once_is_tried_again_and_the_run_succeeds(string step)
    {
        var sound = Broken(step, times: 1);
        var summary = await sound.RunAsync();

        Assert.Null(summary.Errors);
        Assert.Null(summary.BusinessRoleDiagnostics);
        Assert.Null(summary.Diagnostics);
        Assert.Equal(2, sound.Tries(step));
        Assert.Equal([ActivitySteps.Retries.FirstRetryInterval], sound.Hub.Waits);
        Assert.Equal("succeeded", sound.Logged.Status);
    }

    [Theory, MemberData(nameof(StepsBeforeTheLog))]
    public async Task An_activity_that_always_fails_is_given_up_after_the_attempts_of_the_policy(string step)
    {
        var sound = Broken(step, times: int.MaxValue);
        var summary = await sound.RunAsync();

        Assert.Equal(ActivitySteps.Retries.MaxNumberOfAttempts, sound.Tries(step));
        Assert.Contains(
            $"The step {step} failed unexpectedly", string.Join('\n', [.. summary.Errors ?? [], .. summary.BusinessRoleDiagnostics ?? []]));
        Assert.Contains(sound.Logged.Status, new[] { "failed", "partial" });
        sound.AssertFreeAndNobodyCoalesces();
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_keeps_no_lease_and_is_written_later()
    {
        var sound = Broken("RecordRun", times: 4);
        var freeAt = DateTimeOffset.MaxValue;
        sound.Hub.After(TimeSpan.FromSeconds(20), () =>
        {
            if (sound.Lease.Holder is null) freeAt = sound.Hub.GetUtcNow();
            return Task.CompletedTask;
        });
        var summary = await sound.RunAsync();

        Assert.Equal(5, sound.Tries("RecordRun"));
        Assert.Equal([1, 2, 4, 60], sound.Hub.Waits.Select(wait => wait.TotalSeconds).Where(seconds => seconds > 0));
        Assert.Equal(1, summary.Added);
        Assert.Null(summary.Diagnostics);
        Assert.Equal("succeeded", sound.Logged.Status);
        Assert.NotEqual(DateTimeOffset.MaxValue, freeAt);
    }

    [Theory, MemberData(nameof(StepsBeforeTheLog))]
    public async Task What_cannot_succeed_is_tried_once(string step)
    {
        var sound = Broken(step, times: int.MaxValue, Refused);
        var summary = await sound.RunAsync();

        Assert.Equal(1, sound.Tries(step));
        Assert.Empty(sound.Hub.Waits);
        Assert.Contains(
            step == "SetBusinessRole" ? "HTTP 403" : Refused.Message,
            string.Join('\n', [.. summary.Errors ?? [], .. summary.BusinessRoleDiagnostics ?? []]));
        sound.AssertFreeAndNobodyCoalesces();
    }

    [Theory, MemberData(nameof(StepsBeforeTheLog))]
    public async Task What_may_succeed_later_is_tried_again_after_durable_timers(string step)
    {
        var sound = Broken(step, times: 2, Outage);
        var summary = await sound.RunAsync();

        Assert.Null(summary.Errors);
        Assert.Equal(3, sound.Tries(step));
        Assert.Equal([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)], sound.Hub.Waits);
    }

    [Theory, MemberData(nameof(StepsBeforeTheLog))]
    public async Task What_keeps_failing_is_left_to_the_retry_queue(string step)
    {
        var sound = Broken(step, times: int.MaxValue, Outage);
        await sound.RunAsync();

        Assert.Equal(3, sound.Tries(step));
        Assert.Equal(TimeSpan.FromMinutes(1), sound.Logged.RetryAfter);
        sound.AssertFreeAndNobodyCoalesces();
    }

    [Fact]
    public async Task A_wait_that_Flex_asks_for_is_a_durable_timer_of_that_length()
    {
        var sound = Broken("AddContact", times: 1, Outage with { Status = 429, RetryAfter = TimeSpan.FromSeconds(40) });
        await sound.RunAsync();

        Assert.Equal([TimeSpan.FromSeconds(40)], sound.Hub.Waits);
        Assert.Equal(2, sound.Tries("AddContact"));
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_left_to_the_retry_queue()
    {
        var sound = Broken("AddContact", times: 1, Outage with { Status = 429, RetryAfter = TimeSpan.FromMinutes(10) });
        await sound.RunAsync();

        Assert.Empty(sound.Hub.Waits);
        Assert.Equal((1, "partial"), (sound.Tries("AddContact"), sound.Logged.Status));
    }

    private static Sound Broken(string step, int times, Failure? failure = null) =>
        new Sound().EverythingToDo().Breaks(step, times, failure);
}
