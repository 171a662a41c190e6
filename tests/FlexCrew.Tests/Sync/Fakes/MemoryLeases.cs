using FlexCrew.Locking;

namespace FlexCrew.Tests.Sync.Fakes;

/// <summary>One lease in memory, and what is known of its holders.</summary>
internal sealed class MemoryLeases(FakeHost host) : ILeases
{
    private readonly Dictionary<string, HolderState> ended = [];

    public LeaseState State { get; private set; } = new();

    /// <summary>What happens at every ask.</summary>
    public Action OnAsk { get; set; } = () => { };

    /// <summary>Lets somebody hold the lease from now on.</summary>
    public long HeldBy(string holder) => Ask(new LeaseRequest(holder, true)).Token;

    public void Give(string holder, string? summary, bool pruned = true) =>
        State = Lease.Release(State, new LeaseRelease(holder, State.Token, pruned, summary), host.UtcNow);

    /// <summary>The holder's run has ended without giving the lease back.</summary>
    public void Dies(string holder) => ended[holder] = new HolderState(false, host.UtcNow);

    /// <summary>Nothing is known of the holder's run.</summary>
    public void Forget(string holder) => ended[holder] = new HolderState(false, null);

    public Task<LeaseAnswer> TryAcquireAsync(LeaseKey key, LeaseRequest request)
    {
        OnAsk();
        return Task.FromResult(Ask(request));
    }

    public Task ReleaseAsync(LeaseKey key, LeaseRelease release)
    {
        State = Lease.Release(State, release, host.UtcNow);
        return Task.CompletedTask;
    }

    public Task<bool> TakeOverAsync(LeaseKey key, LeaseTakeOver takeOver)
    {
        (State, var freed) = Lease.TakeOver(State, takeOver, host.UtcNow);
        return Task.FromResult(freed);
    }

    public Task<HolderState> HolderStateAsync(string holder) =>
        Task.FromResult(ended.GetValueOrDefault(holder) ?? new HolderState(true, host.UtcNow));

    private LeaseAnswer Ask(LeaseRequest request)
    {
        (State, var answer) = Lease.TryAcquire(State, request, host.UtcNow);
        return answer;
    }
}
