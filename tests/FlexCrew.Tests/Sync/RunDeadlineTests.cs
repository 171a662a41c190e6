using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;

namespace FlexCrew.Tests.Sync;

/// <summary>No wait of a run is for ever.</summary>
public sealed class RunDeadlineTests
{
    private static readonly TimeSpan Grace = Runs.Settings.DeadHolderAfter / 2;

    private readonly FakeHost host = new();
    private readonly TaskCompletionSource answer = new();

    [Fact]
    public async Task An_answer_is_waited_for()
    {
        using var deadline = new RunDeadline(host, Runs.Settings);
        var waiting = deadline.WaitForAsync(answer.Task);
        host.PassTo(deadline.At + Grace - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);

        answer.SetResult();
        Assert.True(await waiting);
    }

    [Fact]
    public async Task What_never_answers_is_given_up_some_time_after_the_limit()
    {
        using var deadline = new RunDeadline(host, Runs.Settings);
        var waiting = deadline.WaitForAsync(answer.Task);
        host.PassTo(deadline.At + Grace);

        Assert.False(await waiting);
    }

    [Fact]
    public void The_limit_is_that_of_the_settings_and_is_over_when_it_is_reached()
    {
        using var deadline = new RunDeadline(host, Runs.Settings);
        Assert.Equal(FakeHost.Noon + Runs.Settings.RunDeadline, deadline.At);

        host.PassTo(deadline.At - TimeSpan.FromTicks(1));
        Assert.False(deadline.IsOver);
        host.PassTo(deadline.At);
        Assert.True(deadline.IsOver);
    }

    /// <summary>The log and the release come last, and have nothing under way in Flex.</summary>
    [Fact]
    public async Task What_is_asked_after_that_has_its_own_time()
    {
        using var deadline = new RunDeadline(host, Runs.Settings);
        host.PassTo(deadline.At + Grace);
        var late = deadline.WaitForAsync(answer.Task);
        host.PassTo(host.UtcNow + (Grace * 4) - TimeSpan.FromTicks(1));
        Assert.False(late.IsCompleted);

        host.PassTo(host.UtcNow + TimeSpan.FromTicks(1));
        Assert.False(await late);
        Assert.True(await deadline.WaitForAsync(Task.CompletedTask));
    }

    [Fact]
    public async Task An_answer_that_failed_is_an_answer()
    {
        using var deadline = new RunDeadline(host, Runs.Settings);

        Assert.True(await deadline.WaitForAsync(Task.FromException(new InvalidOperationException("boom"))));
    }

    [Fact]
    public async Task Its_timers_are_let_go()
    {
        using (var deadline = new RunDeadline(host, Runs.Settings))
        {
            await deadline.WaitForAsync(Task.CompletedTask);
            Assert.Equal(1, host.Timers);
        }

        Assert.Equal(0, host.Timers);
    }
}
