using System.Collections.Concurrent;
using FlexCrew.Locking;

namespace FlexCrew.LocalHost.Runs;

/// <summary>The leases of this process: the state machine of <see cref="Lease"/>, in memory.</summary>
internal sealed class InMemoryLeases(TimeProvider time) : ILeases, ILeaseAdministration, ILeaseList
{
    private readonly ConcurrentDictionary<LeaseKey, LeaseState> states = new();
    private readonly Lock gate = new();
    private int operations;

    /// <summary>Tells what became of a holder; set by the runs.</summary>
    public Func<string, HolderState> HolderState { get; set; } = _ => new HolderState(HolderStatus.NotFound);

    /// <summary>The leases that are held, and since when.</summary>
    public IReadOnlyList<(string Department, DateTimeOffset AcquiredAt)> Held =>
        [.. states.Where(lease => lease.Value.Holder is not null)
            .Select(lease => (lease.Key.Department, lease.Value.AcquiredAt ?? default))];

    public Task<LeaseAnswer> TryAcquireAsync(LeaseKey key, LeaseRequest request) =>
        Task.FromResult(Apply(key, state => Lease.TryAcquire(state, request, time.GetUtcNow())));

    public Task ReleaseAsync(LeaseKey key, LeaseRelease release) =>
        Task.FromResult(Apply(key, state => (Lease.Release(state, release, time.GetUtcNow()), true)));

    public Task<bool> TakeOverAsync(LeaseKey key, LeaseTakeOver takeOver) =>
        Task.FromResult(Apply(key, state => Lease.TakeOver(state, takeOver, time.GetUtcNow())));

    public Task<HolderState> HolderStateAsync(string holder) => Task.FromResult(HolderState(holder));

    public Task<LeaseState> ForceReleaseAsync(LeaseKey key, CancellationToken cancellation) =>
        Task.FromResult(Apply(key, state => (Lease.ForceRelease(state, time.GetUtcNow()), state)));

    public Task<IReadOnlyList<HeldLease>> HeldAsync(CancellationToken cancellation) =>
        Task.FromResult(HeldLease.Among(states.Select(lease => (lease.Key, lease.Value))));

    private T Apply<T>(LeaseKey key, Func<LeaseState, (LeaseState State, T Answer)> transition)
    {
        lock (gate)
        {
            if (++operations % 1000 == 0) Sweep();
            var (state, answer) = transition(states.GetValueOrDefault(key) ?? new LeaseState());
            states[key] = state;
            return answer;
        }
    }

    private void Sweep()
    {
        foreach (var (key, state) in states)
            if (Lease.IsIdle(state, Lease.IdleFor, time.GetUtcNow()))
                states.TryRemove(key, out _);
    }
}
