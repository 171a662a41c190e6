namespace FlexCrew.Locking;

/// <summary>
/// The leases of a host: the port through which a run takes the lock of its crew call.
/// The Functions app implements it by an entity, LocalHost in memory; both run <see cref="Lease"/>.
/// </summary>
public interface ILeases
{
    /// <summary>Asks for the lease of <paramref name="key"/>. Asking again as the holder is granted again with the same token.</summary>
    Task<LeaseAnswer> TryAcquireAsync(LeaseKey key, LeaseRequest request);

    /// <summary>Gives the lease back; a wrong holder or token changes nothing.</summary>
    Task ReleaseAsync(LeaseKey key, LeaseRelease release);

    /// <summary>Frees the lease if holder and token are still the expected ones; tells whether it did.</summary>
    Task<bool> TakeOverAsync(LeaseKey key, LeaseTakeOver takeOver);

    /// <summary>Tells what became of a holder.</summary>
    Task<HolderState> HolderStateAsync(string holder);
}

/// <summary>What a lease is for.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Department">The department, lower case; <see cref="Element"/> for an element in Flex that several crew calls are linked to.</param>
public sealed record LeaseKey(Guid JobId, string Department)
{
    /// <summary>What takes the place of the department in the key of an element's lease.</summary>
    public const string Element = "element";

    /// <summary>The entity id: <c>{job}:{department}</c>.</summary>
    public override string ToString() => $"{JobId:D}:{Department}";
}

/// <summary>What became of a holder.</summary>
/// <param name="Running">Whether its run may still write.</param>
/// <param name="Since">When it was last seen to change; null when nothing is known of it.</param>
public sealed record HolderState(bool Running, DateTimeOffset? Since);

/// <summary>
/// Asked by each step before it writes: is the grant it runs under still the newest, and not given back?
/// A step that was delivered late, after its run was ended or its lease taken over, must not write.
/// </summary>
public interface ILeaseFence
{
    /// <summary>
    /// False when a newer token than <paramref name="token"/> was granted for <paramref name="key"/>, or the lease of that
    /// token was given back or taken over.
    /// </summary>
    Task<bool> IsCurrentAsync(LeaseKey key, long token, CancellationToken cancellation);
}
