using FlexCrew.Locking;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Locking;
using FlexCrew.Tests.Sync.Fakes;

namespace FlexCrew.Tests.Sync;

public class LeaseWaitTests
{
    private static readonly LeaseKey Key = new(Runs.Job, "sound");

    private readonly FakeHost host = new();
    private readonly MemoryLeases leases;
    private readonly DateTimeOffset start;

    public LeaseWaitTests() => (leases, start) = (new MemoryLeases(() => host.UtcNow), host.UtcNow);

    private TimeSpan Waited => host.UtcNow - start;

    [Fact]
    public async Task A_free_lease_is_granted_without_a_wait()
    {
        Assert.Equal(LeaseAnswerKind.Granted, (await AcquireAsync())?.Kind);
        Assert.Equal(TimeSpan.Zero, Waited);
    }

    [Fact]
    public async Task A_busy_one_is_granted_soon_after_the_holder_gave_it_back()
    {
        leases.HeldBy("other");
        host.OnWait = () => { if (Waited >= TimeSpan.FromSeconds(8)) leases.Give("other", summary: null); };

        Assert.Equal(LeaseAnswerKind.Granted, (await AcquireAsync())?.Kind);
        Assert.InRange(Waited, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(13));
    }

    [Fact]
    public async Task A_short_wait_is_asked_about_often_and_a_long_one_seldom()
    {
        leases.HeldBy("other");
        host.OnWait = () => { if (Waited >= TimeSpan.FromSeconds(60)) leases.Give("other", null); };
        await AcquireAsync();

        Assert.Equal([0.05, 0.25, 0.25, 0.25], host.Waits.Take(4).Select(wait => wait.TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(5), host.Waits[^1]);
        Assert.Equal(host.Waits.Order(), host.Waits);
    }

    /// <summary>So that each of many waits for the others' work, and not for their pauses too.</summary>
    [Fact]
    public async Task A_command_that_waits_behind_others_asks_less_often_and_again_often_once_they_have_gone()
    {
        leases.HeldBy("first");
        var tickets = Enumerable.Range(1, 3).Select(number => leases.AwaitedBy($"waiter-{number}")).ToList();
        var next = 0;
        host.OnWait = () =>
        {
            for (var number = next; number < 3; number++) leases.HeldBy($"waiter-{number + 1}", tickets[number]);
            if (Waited < TimeSpan.FromSeconds(10 * (next + 1))) return;
            leases.Give(next == 0 ? "first" : $"waiter-{next}", summary: null);
            if (next < 3) leases.HeldBy($"waiter-{next + 1}", tickets[next]);
            next++;
        };

        Assert.Equal(LeaseAnswerKind.Granted, (await AcquireAsync(new PersonCommand(Make.Tech(1), PersonAction.Add)))?.Kind);

        var waits = host.Waits.Select(wait => wait.TotalSeconds).ToList();
        Assert.Equal([0.2, 1], waits.Take(2));
        Assert.Equal(0.25, waits[waits.LastIndexOf(0.05) + 1]);
    }

    /// <summary>The next sync that gets the lease answers it.</summary>
    [Fact]
    public async Task A_sync_that_waits_behind_others_asks_as_often_as_the_next_one()
    {
        leases.HeldBy("first");
        var ticket = leases.AwaitedBy("second");
        leases.AwaitedBy("third");
        host.OnWait = () =>
        {
            leases.Give("first", null);
            leases.HeldBy("second", ticket);
            leases.Give("second", "{}");
        };

        Assert.Equal(LeaseAnswerKind.Coalesced, (await AcquireAsync())?.Kind);
        Assert.Equal(TimeSpan.FromSeconds(0.05), Waited);
    }

    [Fact]
    public async Task The_holder_is_looked_at_once_a_second_at_most()
    {
        var looks = new List<TimeSpan>();
        leases.HeldBy("other");
        leases.OnCall = method => { if (method == "HolderStateAsync") looks.Add(Waited); };
        host.OnWait = () => { if (Waited >= TimeSpan.FromSeconds(20)) leases.Give("other", null); };
        await AcquireAsync();

        Assert.Equal(TimeSpan.FromSeconds(1.05), looks[0]);
        Assert.All(
            looks.Zip(looks.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)));
    }

    [Fact]
    public async Task Whoever_waits_coalesces_with_a_run_that_was_granted_later_and_completed()
    {
        leases.HeldBy("first");
        var ticket = leases.AwaitedBy("second");
        host.OnWait = () =>
        {
            if (host.Waits.Count != 2) return;
            leases.Give("first", "too early");
            leases.HeldBy("second", ticket);
            leases.Give("second", "in time");
        };

        var answer = await AcquireAsync();

        Assert.Equal((LeaseAnswerKind.Coalesced, "in time"), (answer!.Kind, answer.Summary));
    }

    [Fact]
    public async Task A_dead_holder_is_taken_over_once_it_has_been_dead_for_half_the_lease_timeout()
    {
        leases.HeldBy("other");
        leases.Dies("other");

        Assert.Equal(LeaseAnswerKind.Granted, (await AcquireAsync())?.Kind);
        Assert.InRange(Waited, Runs.Settings.DeadHolderAfter, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Of_a_holder_that_nobody_knows_the_time_counts_from_its_grant()
    {
        leases.HeldBy("other");
        leases.Forget("other");
        host.UtcNow += Runs.Settings.DeadHolderAfter;

        Assert.Equal(LeaseAnswerKind.Granted, (await AcquireAsync())?.Kind);
        Assert.Equal(TimeSpan.FromSeconds(1.05), Waited - Runs.Settings.DeadHolderAfter);
    }

    [Fact]
    public async Task An_alive_holder_within_its_deadline_is_never_taken_over()
    {
        var token = leases.HeldBy("other");

        Assert.Null(await AcquireAsync());
        Assert.Equal(("other", token), (leases.State.Holder, leases.State.Token));
        Assert.InRange(Waited, Runs.Settings.RunDeadline, Runs.Settings.RunDeadline + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task An_alive_holder_is_taken_over_once_it_is_older_than_its_deadline_and_the_margin()
    {
        leases.HeldBy("other");
        host.UtcNow += Runs.Settings.RunDeadline;
        var askedAt = host.UtcNow;

        Assert.Equal(LeaseAnswerKind.Granted, (await AcquireAsync())?.Kind);
        Assert.InRange(host.UtcNow - askedAt, Runs.Settings.DeadHolderAfter, Runs.Settings.DeadHolderAfter + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_holder_that_cannot_be_looked_up_counts_as_running()
    {
        leases.HeldBy("other");
        leases.Hide("other");

        Assert.Null(await AcquireAsync());
        Assert.Equal("other", leases.State.Holder);
    }

    /// <summary>The methods that the wait calls, and what happens to a lease whose holder is dead.</summary>
    [Theory]
    [InlineData("TryAcquireAsync")]
    [InlineData("HolderStateAsync")]
    [InlineData("TakeOverAsync")]
    public async Task A_lease_that_never_answers_does_not_keep_a_run_for_ever(string silent)
    {
        leases.HeldBy("other");
        leases.Dies("other");
        leases.Silent.Add(silent);

        Assert.Null(await host.PassUntilAsync(() => AcquireAsync()));
        Assert.InRange(Waited, Runs.Settings.RunDeadline, Runs.Settings.RunDeadline + Runs.Settings.DeadHolderAfter);
    }

    [Fact]
    public async Task Of_two_that_wait_for_a_dead_holder_one_gets_its_lease()
    {
        leases.HeldBy("other");
        leases.Dies("other");
        var ticket = leases.AwaitedBy("quicker");
        host.OnWait = () =>
        {
            leases.HeldBy("quicker", ticket);
            if (Waited > Runs.Settings.DeadHolderAfter - TimeSpan.FromSeconds(6) && leases.State.Holder == "other")
            {
                leases.TakeOverAsync(Key, new LeaseTakeOver("other", leases.State.Token));
                leases.HeldBy("quicker", ticket);
            }
            else if (Waited > TimeSpan.FromMinutes(2))
                leases.Give("quicker", null);
        };

        Assert.Equal(LeaseAnswerKind.Granted, (await AcquireAsync())?.Kind);
        Assert.True(Waited > TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Who_waits_says_so()
    {
        leases.HeldBy("other");
        host.OnWait = () => leases.Give("other", null);
        await AcquireAsync();

        Assert.Equal("waiting for lease", Assert.Single(host.Progress).Stage);
    }

    private async Task<LeaseAnswer?> AcquireAsync(PersonCommand? command = null)
    {
        using var deadline = new RunDeadline(host, Runs.Settings);
        var run = Runs.Sound();
        return await LeaseWait.AcquireAsync(run with { Request = run.Request with { Person = command } }, leases, host, deadline);
    }
}
