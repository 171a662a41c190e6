using FlexCrew.Locking;

namespace FlexCrew.Tests.Locking;

public class LeaseTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private LeaseState state = new();
    private DateTimeOffset now = Noon;

    [Fact]
    public void A_free_lease_is_granted_with_a_token()
    {
        var answer = Ask("a");

        Assert.Equal(LeaseAnswerKind.Granted, answer.Kind);
        Assert.True(answer.Token > 0);
        Assert.Equal(("a", answer.Token, (DateTimeOffset?)Noon), (state.Holder, state.Token, state.AcquiredAt));
    }

    [Fact]
    public void The_holder_that_asks_again_is_granted_again_and_nothing_changes()
    {
        var first = Ask("a");
        var before = state;

        Assert.Equal((first.Token, first.Ticket), (Ask("a", ticket: first.Ticket).Token, Ask("a", ticket: first.Ticket).Ticket));
        Assert.Equal(first.Token, Ask("a").Token);
        Assert.Equal(before, state);
    }

    [Fact]
    public void Anybody_else_is_told_who_holds_it_since_when_and_draws_a_ticket()
    {
        var held = Ask("a");
        now += TimeSpan.FromSeconds(5);

        var busy = Ask("b");

        Assert.Equal(LeaseAnswerKind.Busy, busy.Kind);
        Assert.Equal(("a", held.Token, (DateTimeOffset?)Noon), (busy.Holder, busy.Token, busy.AcquiredAt));
        Assert.True(Ask("c").Ticket > busy.Ticket);
        Assert.Equal(busy.Ticket, Ask("b", ticket: busy.Ticket).Ticket);
    }

    [Fact]
    public void A_run_that_was_granted_before_the_ask_is_no_answer_to_it()
    {
        var a = Ask("a");
        var b = Ask("b");
        Give(a, "a", "done");

        Assert.Equal(LeaseAnswerKind.Granted, Ask("b", ticket: b.Ticket).Kind);
    }

    [Fact]
    public void An_ask_coalesces_with_a_run_that_was_granted_after_it_and_completed()
    {
        var (b, c) = TwoWaitBehindA();
        Give(Ask("b", ticket: b), "b", "b's result");

        var answer = Ask("c", ticket: c);

        Assert.Equal((LeaseAnswerKind.Coalesced, "b's result"), (answer.Kind, answer.Summary));
    }

    [Fact]
    public void Nobody_coalesces_with_a_failed_run()
    {
        var (b, c) = TwoWaitBehindA();
        Give(Ask("b", ticket: b), "b", summary: null);

        Assert.Equal(LeaseAnswerKind.Granted, Ask("c", ticket: c).Kind);
    }

    [Fact]
    public void A_failed_run_leaves_the_result_of_an_earlier_one_to_coalesce_with()
    {
        var (b, c) = TwoWaitBehindA();
        Give(Ask("b", ticket: b), "b", "b's result");
        Give(Ask("d"), "d", summary: null);

        Assert.Equal(LeaseAnswerKind.Coalesced, Ask("c", ticket: c).Kind);
    }

    [Theory]
    [InlineData(false, true, LeaseAnswerKind.Granted), InlineData(false, false, LeaseAnswerKind.Coalesced)]
    [InlineData(true, true, LeaseAnswerKind.Coalesced), InlineData(true, false, LeaseAnswerKind.Coalesced)]
    public void A_run_that_prunes_coalesces_only_with_one_that_pruned(bool pruned, bool prunes, LeaseAnswerKind expected)
    {
        var (b, c) = TwoWaitBehindA();
        Give(Ask("b", ticket: b), "b", "b's result", pruned);

        Assert.Equal(expected, Ask("c", ticket: c, prunes: prunes).Kind);
    }

    [Fact]
    public void Whoever_asks_for_the_first_time_coalesces_with_nobody()
    {
        Give(Ask("a"), "a", "done");

        Assert.Equal(LeaseAnswerKind.Granted, Ask("b").Kind);
    }

    [Theory]
    [InlineData("b", 0), InlineData("a", 1), InlineData("a", -1)]
    public void A_release_with_the_wrong_holder_or_token_changes_nothing(string holder, long off)
    {
        var a = Ask("a");
        var before = state;

        state = Lease.Release(state, new LeaseRelease(holder, a.Token + off, true, "forged"), now);

        Assert.Equal(before, state);
    }

    [Fact]
    public void A_release_that_is_delivered_twice_releases_once()
    {
        var a = Ask("a");
        Give(a, "a", "done");
        Ask("b");
        var before = state;

        Give(a, "a", "done");

        Assert.Equal(before, state);
    }

    [Fact]
    public void A_take_over_frees_the_holder_that_was_seen()
    {
        var a = Ask("a");

        Assert.True(TakeOver("a", a.Token));
        Assert.Null(state.Holder);
        Assert.True(Ask("b").Token > a.Token);
    }

    [Fact]
    public void A_take_over_that_comes_too_late_changes_nothing()
    {
        var a = Ask("a");
        Give(a, "a", "done");
        var again = Ask("a");
        var before = state;

        Assert.False(TakeOver("a", a.Token));
        Assert.False(TakeOver("b", again.Token));
        Assert.Equal(before, state);
    }

    [Fact]
    public void A_free_lease_cannot_be_taken_over() => Assert.False(TakeOver("a", 0));

    [Fact]
    public void A_forced_release_frees_whoever_holds_the_lease_and_a_free_one_stays_as_it_is()
    {
        Ask("a");

        var freed = Lease.ForceRelease(state, Noon.AddMinutes(1));

        Assert.Equal(state with { Holder = null, AcquiredAt = null, TouchedAt = Noon.AddMinutes(1) }, freed);
        Assert.Same(freed, Lease.ForceRelease(freed, Noon.AddMinutes(2)));
    }

    [Fact]
    public void Nobody_coalesces_with_a_dead_holder()
    {
        var (b, c) = TwoWaitBehindA();
        var dead = Ask("b", ticket: b);
        TakeOver("b", dead.Token);

        Assert.Equal(LeaseAnswerKind.Granted, Ask("c", ticket: c).Kind);
    }

    [Fact]
    public void A_lease_is_idle_when_it_is_free_and_was_left_alone_for_long_enough()
    {
        Assert.False(Lease.IsIdle(WhileHeld(), TimeSpan.FromMinutes(1), Noon.AddHours(1)));
        Give(Ask("a"), "a", "done");
        Assert.False(Lease.IsIdle(state, TimeSpan.FromMinutes(1), Noon.AddSeconds(59)));
        Assert.True(Lease.IsIdle(state, TimeSpan.FromMinutes(1), Noon.AddSeconds(60)));

        static LeaseState WhileHeld() => Lease.TryAcquire(new LeaseState(), new LeaseRequest("x", true), Noon).State;
    }

    [Fact]
    public void A_ticket_of_a_deleted_state_coalesces_with_no_run_that_came_before_it()
    {
        for (var run = 0; run < 5; run++) Give(Ask($"r{run}"), $"r{run}", "done");
        Ask("a");
        var waiting = Ask("b");
        state = new LeaseState();
        now += TimeSpan.FromMinutes(10);
        Give(Ask("c"), "c", "done");

        Assert.Equal(LeaseAnswerKind.Granted, Ask("b", ticket: waiting.Ticket).Kind);
    }

    [Fact]
    public void Ten_asks_cost_two_runs()
    {
        var waiting = new Queue<(string Holder, long Ticket)>();
        var runs = 1;
        var running = (Holder: "click-0", Ask("click-0").Token);
        for (var click = 1; click < 10; click++) waiting.Enqueue(($"click-{click}", Ask($"click-{click}").Ticket));

        while (waiting.TryDequeue(out var next))
        {
            state = Lease.Release(state, new LeaseRelease(running.Holder, running.Token, true, "done"), now);
            var answer = Ask(next.Holder, ticket: next.Ticket);
            if (answer.Kind == LeaseAnswerKind.Coalesced) continue;
            (running, runs) = ((next.Holder, answer.Token), runs + 1);
        }

        Assert.Equal(2, runs);
    }

    [Fact]
    public void Those_who_wait_are_granted_it_in_the_order_of_their_first_asks_and_no_newcomer_overtakes_them()
    {
        var (a, b, c) = (Ask("a"), Ask("b"), Ask("c"));
        Assert.Equal((0, 1), (b.Place, c.Place));
        Give(a, "a", null);

        Assert.Equal((LeaseAnswerKind.Busy, null, 2), (Ask("d").Kind, Ask("d").Holder, Ask("d").Place));
        Assert.Equal(LeaseAnswerKind.Busy, Ask("c", c.Ticket).Kind);
        b = Ask("b", b.Ticket);
        Assert.Equal(LeaseAnswerKind.Granted, b.Kind);
        Assert.Equal(0, Ask("c", c.Ticket).Place);
        Give(b, "b", null);
        Assert.Equal(LeaseAnswerKind.Granted, Ask("c", c.Ticket).Kind);
    }

    [Fact]
    public void Who_waits_and_does_not_ask_any_more_loses_the_place()
    {
        var (a, _, c) = (Ask("a"), Ask("b"), Ask("c"));
        Give(a, "a", null);

        now += Lease.PlaceFor - TimeSpan.FromSeconds(1);
        Assert.Equal(LeaseAnswerKind.Busy, Ask("c", c.Ticket).Kind);
        now += TimeSpan.FromSeconds(1);
        Assert.Equal(LeaseAnswerKind.Granted, Ask("c", c.Ticket).Kind);
    }

    [Fact]
    public void Who_is_answered_by_another_run_waits_no_longer()
    {
        var (a, b, c) = (Ask("a"), Ask("b"), Ask("c"));
        Give(a, "a", null);
        var d = Ask("d");
        Give(Ask("b", b.Ticket), "b", "b's result");

        Assert.Equal(LeaseAnswerKind.Coalesced, Ask("c", c.Ticket).Kind);
        Assert.Equal(["d"], state.Waiting.Select(waiter => waiter.Holder));

        Assert.Equal(LeaseAnswerKind.Coalesced, Ask("d", d.Ticket).Kind);
        Assert.Empty(state.Waiting);
    }

    [Fact]
    public void A_command_is_answered_by_no_other_run()
    {
        var (a, b, c) = (Ask("a"), Ask("b"), Ask("c", command: true));
        Give(a, "a", null);
        Give(Ask("b", b.Ticket), "b", "b's result");

        Assert.Equal(LeaseAnswerKind.Granted, Ask("c", c.Ticket, command: true).Kind);
    }

    private LeaseAnswer Ask(string holder, long? ticket = null, bool prunes = true, bool command = false)
    {
        (state, var answer) = Lease.TryAcquire(state, new LeaseRequest(holder, prunes, ticket, command), now);
        return answer;
    }

    private void Give(LeaseAnswer granted, string holder, string? summary, bool pruned = true) =>
        state = Lease.Release(state, new LeaseRelease(holder, granted.Token, pruned, summary), now);

    private bool TakeOver(string holder, long token)
    {
        (state, var freed) = Lease.TakeOver(state, new LeaseTakeOver(holder, token), now);
        return freed;
    }

    private (long B, long C) TwoWaitBehindA()
    {
        var a = Ask("a");
        var tickets = (Ask("b").Ticket, Ask("c").Ticket);
        Give(a, "a", "a's result");
        return tickets;
    }
}
