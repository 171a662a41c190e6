using FlexCrew.Locking;
using Microsoft.DurableTask.Client;

namespace FlexCrewFunctions.Leases;

/// <summary>
/// Reads the lease from an activity. The read may lag behind the grant, so an older token is not suspicious; a newer
/// one, or a lease that is free, means that the run of the activity has ended.
/// </summary>
internal sealed class EntityFence(DurableTaskClient client) : ILeaseFence
{
    public async Task<bool> IsCurrentAsync(LeaseKey key, long token, CancellationToken cancellation)
    {
        var entity = await client.Entities.GetEntityAsync<LeaseState>(CrewLease.IdOf(key), includeState: true, cancellation);
        return entity is not { IncludesState: true } || Lease.MayWrite(entity.State, token);
    }
}
