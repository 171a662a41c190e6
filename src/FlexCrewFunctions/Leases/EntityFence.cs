using FlexCrew.Locking;
using Microsoft.DurableTask.Client;

namespace FlexCrewFunctions.Leases;

/// <summary>
/// Reads the lease from an activity. The read may lag behind the grant, so an older token is not suspicious; a newer
/// one means that the lease went to somebody else.
/// </summary>
internal sealed class EntityFence(DurableTaskClient client) : ILeaseFence
{
    public async Task<bool> IsCurrentAsync(LeaseKey key, long token, CancellationToken cancellation)
    {
        var entity = await client.Entities.GetEntityAsync<LeaseState>(CrewLease.IdOf(key), includeState: true, cancellation);
        return entity is not { IncludesState: true } || entity.State.Token <= token;
    }
}
