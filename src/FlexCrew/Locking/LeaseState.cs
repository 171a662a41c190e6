namespace FlexCrew.Locking;

/// <summary>
/// The lease of one (job, department), as it is stored. All of its transitions are in <see cref="Lease"/>.
/// </summary>
public sealed record LeaseState
{
    /// <summary>Who holds the lease: the instance id of a run; null when it is free.</summary>
    public string? Holder { get; init; }

    /// <summary>The fencing token of the newest grant. It only ever grows, across a deletion of the state too.</summary>
    public long Token { get; init; }

    /// <summary>When the newest grant was given.</summary>
    public DateTimeOffset? AcquiredAt { get; init; }

    /// <summary>The logical time of the newest grant: every smaller ticket was drawn before it.</summary>
    public long GrantTicket { get; init; }

    /// <summary>The ticket that the next first ask draws.</summary>
    public long NextTicket { get; init; } = 1;

    /// <summary>The runs that wait, in the order of their tickets.</summary>
    public IReadOnlyList<LeaseWaiter> Waiting { get; init; } = [];

    /// <summary>The newest run that completed, if its result is still worth keeping.</summary>
    public CompletedRun? LastCompleted { get; init; }

    /// <summary>When the state was last touched, for the sweep of idle leases.</summary>
    public DateTimeOffset TouchedAt { get; init; }
}

/// <summary>A run that waits for the lease.</summary>
/// <param name="Holder">The instance id of the run.</param>
/// <param name="Ticket">The ticket that it drew.</param>
/// <param name="SeenAt">When it last asked.</param>
public sealed record LeaseWaiter(string Holder, long Ticket, DateTimeOffset SeenAt);

/// <summary>A run that completed under the lease.</summary>
/// <param name="GrantTicket">The logical time of its grant.</param>
/// <param name="Pruned">Whether it pruned orphans.</param>
/// <param name="Summary">Its result, as JSON; the lease does not look into it.</param>
public sealed record CompletedRun(long GrantTicket, bool Pruned, string Summary);
