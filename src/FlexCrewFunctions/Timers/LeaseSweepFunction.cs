using FlexCrew.Contract;
using FlexCrew.Locking;
using FlexCrew.Telemetry;
using FlexCrewFunctions.Leases;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.Logging;

namespace FlexCrewFunctions.Timers;

/// <summary>Every few minutes: frees the leases of holders that are no more, deletes the state of idle ones.</summary>
/// <param name="settings">When a holder counts as dead.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets a line per lease that is freed.</param>
public sealed class LeaseSweepFunction(FlowSettings settings, TimeProvider time, ILogger<LeaseSweepFunction> logger)
{
    /// <summary>Sweeps.</summary>
    [Function("LeaseSweep")]
    public async Task RunAsync(
        [TimerTrigger("%LeaseSweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var query = new EntityQuery { InstanceIdStartsWith = $"@{CrewLease.Name.ToLowerInvariant()}@", IncludeState = true };
        var held = new List<(string Department, DateTimeOffset AcquiredAt)>();
        await foreach (var entity in client.Entities.GetAllEntitiesAsync<LeaseState>(query).WithCancellation(cancellation))
        {
            if (!entity.IncludesState) continue;
            if (entity.State is { Holder: not null, AcquiredAt: { } since } && LeaseKey.Parse(entity.Id.Key) is { } key)
                held.Add((key.Department, since));
            await SweepAsync(client, entity.Id, entity.State, cancellation);
        }
        SyncTelemetry.RecordLeaseAges(held, time.GetUtcNow());
    }

    /// <summary>Signals what is due.</summary>
    private async Task SweepAsync(DurableTaskClient client, EntityInstanceId id, LeaseState lease, CancellationToken cancellation)
    {
        if (lease is not { Holder: { } holder, AcquiredAt: { } since })
        {
            if (Lease.IsIdle(lease, Lease.IdleFor, time.GetUtcNow()))
                await client.Entities.SignalEntityAsync(id, nameof(CrewLease.Sweep), cancellation: cancellation);
            return;
        }

        var state = await HolderLookup.StateAsync(client, holder, cancellation);
        if (!Holders.IsGone(state, since, settings.HolderLimits, time.GetUtcNow())) return;
        logger.LogWarning("Freeing the lease {Lease}: its holder {Holder} is no more", id.Key, holder);
        await client.Entities.SignalEntityAsync(
            id, nameof(CrewLease.TakeOver), new LeaseTakeOver(holder, lease.Token), cancellation: cancellation);
    }
}
