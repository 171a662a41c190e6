using FlexCrew.Locking;
using FlexCrewFunctions.Activities;
using FlexCrewFunctions.Leases;
using Microsoft.DurableTask;

namespace FlexCrewFunctions.Orchestrations;

/// <summary>The leases, as an orchestration reaches them: by calls to the entity.</summary>
internal sealed class EntityLeases(TaskOrchestrationContext context) : ILeases
{
    private static readonly TaskOptions LookUp = new(new RetryPolicy(3, TimeSpan.FromSeconds(1), backoffCoefficient: 2));

    public Task<LeaseAnswer> TryAcquireAsync(LeaseKey key, LeaseRequest request) =>
        context.Entities.CallEntityAsync<LeaseAnswer>(CrewLease.IdOf(key), nameof(CrewLease.TryAcquire), request);

    /// <summary>Needs no answer: whoever waits asks again.</summary>
    public Task ReleaseAsync(LeaseKey key, LeaseRelease release) =>
        context.Entities.SignalEntityAsync(CrewLease.IdOf(key), nameof(CrewLease.Release), release);

    public Task<bool> TakeOverAsync(LeaseKey key, LeaseTakeOver takeOver) =>
        context.Entities.CallEntityAsync<bool>(CrewLease.IdOf(key), nameof(CrewLease.TakeOver), takeOver);

    public async Task<HolderState> HolderStateAsync(string holder)
    {
        try
        {
            return await context.CallActivityAsync<HolderState>(HolderStateActivity.Name, holder, LookUp);
        }
        catch (TaskFailedException)
        {
            return new HolderState(HolderStatus.NotKnown);
        }
    }
}
