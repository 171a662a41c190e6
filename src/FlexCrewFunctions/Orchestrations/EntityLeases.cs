using FlexCrew.Locking;
using FlexCrewFunctions.Activities;
using FlexCrewFunctions.Leases;
using Microsoft.DurableTask;

namespace FlexCrewFunctions.Orchestrations;

/// <summary>The leases, as an orchestration reaches them: by calls to the entity.</summary>
internal sealed class EntityLeases(TaskOrchestrationContext context) : ILeases
{
    public Task<LeaseAnswer> TryAcquireAsync(LeaseKey key, LeaseRequest request) =>
        context.Entities.CallEntityAsync<LeaseAnswer>(CrewLease.IdOf(key), nameof(CrewLease.TryAcquire), request);

    public Task ReleaseAsync(LeaseKey key, LeaseRelease release) =>
        context.Entities.CallEntityAsync(CrewLease.IdOf(key), nameof(CrewLease.Release), release);

    public Task<bool> TakeOverAsync(LeaseKey key, LeaseTakeOver takeOver) =>
        context.Entities.CallEntityAsync<bool>(CrewLease.IdOf(key), nameof(CrewLease.TakeOver), takeOver);

    public Task<HolderState> HolderStateAsync(string holder) =>
        context.CallActivityAsync<HolderState>(HolderStateActivity.Name, holder);
}
