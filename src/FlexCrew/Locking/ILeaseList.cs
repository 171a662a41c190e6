namespace FlexCrew.Locking;

/// <summary>Tells which leases of a host are held.</summary>
public interface ILeaseList
{
    /// <summary>Those that are held, the oldest grant first.</summary>
    Task<IReadOnlyList<HeldLease>> HeldAsync(CancellationToken cancellation);
}

/// <summary>A lease that is held.</summary>
/// <param name="Key">What it is for.</param>
/// <param name="Holder">The instance id of the run that holds it.</param>
/// <param name="Token">The fencing token of its grant.</param>
/// <param name="AcquiredAt">When it was granted.</param>
public sealed record HeldLease(LeaseKey Key, string Holder, long Token, DateTimeOffset AcquiredAt)
{
    /// <summary>The held ones among the states.</summary>
    public static IReadOnlyList<HeldLease> Among(IEnumerable<(LeaseKey Key, LeaseState State)> states) =>
    [
        .. from lease in states
           let holder = lease.State.Holder
           where holder is not null
           let held = new HeldLease(lease.Key, holder, lease.State.Token, lease.State.AcquiredAt ?? default)
           orderby held.AcquiredAt, held.Key.ToString()
           select held,
    ];
}
