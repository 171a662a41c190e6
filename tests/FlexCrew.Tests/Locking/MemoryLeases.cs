using FlexCrew.Locking;

namespace FlexCrew.Tests.Sync.Fakes;

/// <summary>The lease of one crew call, in memory, and what is known of its holders.</summary>
internal sealed class MemoryLeases(FakeHost host) : ILeases
{
    private readonly Dictionary<string, HolderState> holders = [];

    public LeaseState State { get; private set; } = new();

    /// <summary>What happens at every call, by the name of the method.</summary>
    public Action<string> OnCall { get; set; } = _ => { };

    /// <summary>Methods that never answer.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>Lets somebody hold the lease from now on.</summary>
    public long HeldBy(string holder, long? ticket = null) => Ask(new LeaseRequest(holder, true, ticket)).Token;

    /// <summary>Somebody waits for the lease that another one holds; answers the ticket.</summary>
    public long AwaitedBy(string holder) => Ask(new LeaseRequest(holder, true)).Ticket;

    public void Give(string holder, string? summary, bool pruned = true) =>
        State = Lease.Release(State, new LeaseRelease(holder, State.Token, pruned, summary), host.UtcNow);

    /// <summary>The holder's run has ended without giving the lease back.</summary>
    public void Dies(string holder) => holders[holder] = new HolderState(HolderStatus.Ended, host.UtcNow);

    /// <summary>There is no run of the holder's name.</summary>
    public void Forget(string holder) => holders[holder] = new HolderState(HolderStatus.NotFound);

    /// <summary>The holder cannot be looked up.</summary>
    public void Hide(string holder) => holders[holder] = new HolderState(HolderStatus.NotKnown);

    public Task<LeaseAnswer> TryAcquireAsync(LeaseKey key, LeaseRequest request) =>
        AnswerAsync(nameof(TryAcquireAsync), () => Ask(request));

    public Task ReleaseAsync(LeaseKey key, LeaseRelease release) => AnswerAsync(nameof(ReleaseAsync), () =>
    {
        State = Lease.Release(State, release, host.UtcNow);
        return true;
    });

    public Task<bool> TakeOverAsync(LeaseKey key, LeaseTakeOver takeOver) => AnswerAsync(nameof(TakeOverAsync), () =>
    {
        (State, var freed) = Lease.TakeOver(State, takeOver, host.UtcNow);
        return freed;
    });

    public Task<HolderState> HolderStateAsync(string holder) =>
        AnswerAsync(nameof(HolderStateAsync), () => holders.GetValueOrDefault(holder) ?? new HolderState(HolderStatus.Running));

    private LeaseAnswer Ask(LeaseRequest request)
    {
        (State, var answer) = Lease.TryAcquire(State, request, host.UtcNow);
        return answer;
    }

    private Task<T> AnswerAsync<T>(string method, Func<T> answer)
    {
        OnCall(method);
        return Silent.Contains(method) ? new TaskCompletionSource<T>().Task : Task.FromResult(answer());
    }
}
