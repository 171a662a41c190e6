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

    /// <summary>Looks a holder up.</summary>
    Task<HolderState> HolderStateAsync(string holder);
}

/// <summary>What a lease is for.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Department">The department, lower case.</param>
public sealed record LeaseKey(Guid JobId, string Department)
{
    /// <summary>Reads <c>{job}:{department}</c>; null when it is none.</summary>
    public static LeaseKey? Parse(string text) =>
        text.IndexOf(':') is > 0 and var colon && Guid.TryParse(text.AsSpan(0, colon), out var job) && colon + 1 < text.Length
            ? new LeaseKey(job, text[(colon + 1)..])
            : null;

    /// <summary>The entity id: <c>{job}:{department}</c>.</summary>
    public override string ToString() => $"{JobId:D}:{Department}";
}
