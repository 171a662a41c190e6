using FlexCrew.Locking;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;

namespace FlexCrewFunctions.Leases;

/// <summary>Reads the states of all lease entities. What it tells may lag a little behind.</summary>
internal sealed class EntityLeaseList(DurableTaskClient client) : ILeaseList
{
    public async Task<IReadOnlyList<HeldLease>> HeldAsync(CancellationToken cancellation)
    {
        var query = new EntityQuery { InstanceIdStartsWith = $"@{CrewLease.Name.ToLowerInvariant()}@", IncludeState = true };
        var states = new List<(LeaseKey, LeaseState)>();
        await foreach (var entity in client.Entities.GetAllEntitiesAsync<LeaseState>(query).WithCancellation(cancellation))
            if (entity.IncludesState && Key(entity.Id.Key) is { } key)
                states.Add((key, entity.State));
        return HeldLease.Among(states);
    }

    private static LeaseKey? Key(string id) =>
        id.IndexOf(':') is > 0 and var colon && Guid.TryParse(id.AsSpan(0, colon), out var job)
            ? new LeaseKey(job, id[(colon + 1)..]) : null;
}
