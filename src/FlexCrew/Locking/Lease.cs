namespace FlexCrew.Locking;

/// <summary>
/// The transitions of a lease: pure functions of its state. A run is <em>coalesced</em> with another that was granted
/// after the run's first ask and has completed, since that one read everything the ask could have meant.
/// Those who wait are granted the lease in the order of their first asks; one who has not asked for a while has lost the place.
/// Tickets are a logical clock; the wall clock dates grants and asks, and makes tokens grow across a deleted state.
/// </summary>
public static class Lease
{
    /// <summary>A free lease that nobody asked for in this time has no waiters any more: a host deletes its state.</summary>
    public static readonly TimeSpan IdleFor = TimeSpan.FromMinutes(30);

    /// <summary>A run that waits and has not asked for so long has lost its place: three times the longest wait between two asks.</summary>
    public static readonly TimeSpan PlaceFor = TimeSpan.FromSeconds(15);

    /// <summary>Asks for the lease.</summary>
    public static (LeaseState State, LeaseAnswer Answer) TryAcquire(LeaseState state, LeaseRequest request, DateTimeOffset now)
    {
        if (state.Holder == request.Holder)
            return (state, Granted(state, request.Ticket ?? state.GrantTicket));

        if (request.Ticket is { } drawn && !request.IsCommand && Answers(state.LastCompleted, drawn, request.Prunes))
        {
            return (
                state with { Waiting = [.. state.Waiting.Where(waiter => waiter.Holder != request.Holder)] },
                new LeaseAnswer(LeaseAnswerKind.Coalesced, state.Token, drawn, Summary: state.LastCompleted!.Summary));
        }

        var (touched, ticket) = request.Ticket is { } brought
            ? (state with { TouchedAt = now }, brought)
            : (state with { TouchedAt = now, NextTicket = state.NextTicket + 1 }, state.NextTicket);

        var others = state.Waiting.Where(waiter => waiter.Holder != request.Holder && now - waiter.SeenAt < PlaceFor).ToList();
        var place = others.Count(waiter => waiter.Ticket < ticket);
        if (touched.Holder is not null || place > 0)
        {
            others.Add(new LeaseWaiter(request.Holder, ticket, now));
            return (
                touched with { Waiting = others },
                new LeaseAnswer(LeaseAnswerKind.Busy, touched.Token, ticket, touched.Holder, touched.AcquiredAt, Place: place));
        }

        var granted = touched with
        {
            Waiting = others,
            Holder = request.Holder,
            Token = Math.Max(touched.Token + 1, now.ToUnixTimeMilliseconds()),
            AcquiredAt = now,
            GrantTicket = touched.NextTicket,
            NextTicket = touched.NextTicket + 1,
        };
        return (granted, Granted(granted, ticket));
    }

    /// <summary>Gives the lease back; a wrong holder or token changes nothing. A run without a summary answers no other.</summary>
    public static LeaseState Release(LeaseState state, LeaseRelease release, DateTimeOffset now)
    {
        if (state.Holder != release.Holder || state.Token != release.Token)
            return state;
        return Freed(state, now) with
        {
            LastCompleted = release.Summary is { } summary
                ? new CompletedRun(state.GrantTicket, release.Pruned, summary)
                : state.LastCompleted,
        };
    }

    /// <summary>Frees the lease if holder and token are still those that were seen.</summary>
    public static (LeaseState State, bool Freed) TakeOver(LeaseState state, LeaseTakeOver takeOver, DateTimeOffset now) =>
        state.Holder is not null && state.Holder == takeOver.ExpectedHolder && state.Token == takeOver.ExpectedToken
            ? (Freed(state, now), true)
            : (state, false);

    /// <summary>Frees the lease, whoever holds it.</summary>
    public static LeaseState ForceRelease(LeaseState state, DateTimeOffset now) => state.Holder is null ? state : Freed(state, now);

    /// <summary>Whether the state may be deleted: free, and idle for so long that nobody waits with a ticket of it.</summary>
    public static bool IsIdle(LeaseState state, TimeSpan idleFor, DateTimeOffset now) =>
        state.Holder is null && now - state.TouchedAt >= idleFor;

    private static bool Answers(CompletedRun? run, long ticket, bool prunes) =>
        run is not null && run.GrantTicket > ticket && (run.Pruned || !prunes);

    private static LeaseState Freed(LeaseState state, DateTimeOffset now) =>
        state with { Holder = null, AcquiredAt = null, TouchedAt = now };

    private static LeaseAnswer Granted(LeaseState state, long ticket) =>
        new(LeaseAnswerKind.Granted, state.Token, ticket, state.Holder, state.AcquiredAt);
}
