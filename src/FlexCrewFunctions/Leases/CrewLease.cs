using FlexCrew.Locking;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace FlexCrewFunctions.Leases;

/// <summary>
/// The lease of one (job, department): an entity whose state is the lock. The framework's critical sections are not
/// used, since their locks can outlive the worker that took them.
/// </summary>
/// <param name="time">Dates grants.</param>
public sealed class CrewLease(TimeProvider time) : TaskEntity<LeaseState>
{
    /// <summary>The name of the entity.</summary>
    public const string Name = "CrewLease";

    /// <summary>The id of the entity of a lease.</summary>
    public static EntityInstanceId IdOf(LeaseKey key) => new(Name, key.ToString());

    /// <summary>Asks for the lease.</summary>
    public LeaseAnswer TryAcquire(LeaseRequest request)
    {
        (State, var answer) = Lease.TryAcquire(State, request, time.GetUtcNow());
        return answer;
    }

    /// <summary>Gives the lease back.</summary>
    public void Release(LeaseRelease release) => State = Lease.Release(State, release, time.GetUtcNow());

    /// <summary>Frees the lease of a holder that is no more.</summary>
    public bool TakeOver(LeaseTakeOver takeOver)
    {
        (State, var freed) = Lease.TakeOver(State, takeOver, time.GetUtcNow());
        return freed;
    }

    /// <summary>Deletes the state of an idle lease.</summary>
    public void Sweep()
    {
        if (Lease.IsIdle(State, Lease.IdleFor, time.GetUtcNow()))
            State = null!;
    }

    /// <inheritdoc />
    protected override LeaseState InitializeState(TaskEntityOperation entityOperation) => new();

    /// <summary>The trigger.</summary>
    [Function(Name)]
    public static Task DispatchAsync([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync<CrewLease>();
}
