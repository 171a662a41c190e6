namespace FlexCrew.Locking;

/// <summary>What an administrator may do to a lease over HTTP.</summary>
public interface ILeaseAdministration
{
    /// <summary>Frees the lease, whoever holds it; tells what it held before.</summary>
    Task<LeaseState> ForceReleaseAsync(LeaseKey key, CancellationToken cancellation);
}
