using FlexCrew.Locking;
using Microsoft.DurableTask.Client;

namespace FlexCrewFunctions.Leases;

/// <summary>Frees a lease for an administrator: compare and set on what was seen.</summary>
internal sealed class EntityLeaseAdministration(DurableTaskClient client) : ILeaseAdministration
{
    public async Task<LeaseState> ForceReleaseAsync(LeaseKey key, CancellationToken cancellation)
    {
        var id = CrewLease.IdOf(key);
        var entity = await client.Entities.GetEntityAsync<LeaseState>(id, includeState: true, cancellation);
        var seen = entity is { IncludesState: true } ? entity.State : new LeaseState();
        if (seen.Holder is { } holder)
            await client.Entities.SignalEntityAsync(
                id, nameof(CrewLease.TakeOver), new LeaseTakeOver(holder, seen.Token), cancellation: cancellation);
        return seen;
    }
}
