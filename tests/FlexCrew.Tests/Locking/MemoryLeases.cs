using FlexCrew.Locking;
using FlexCrew.Tests.Sync.Fakes;

namespace FlexCrew.Tests.Locking;

/// <summary>
/// The leases of a host, in memory: the state machine of <see cref="Lease"/>, and what is known of the holders. Calls that name no lease
/// mean that of <see cref="Runs.Job"/>'s sound crew.
/// </summary>
internal sealed class MemoryLeases(Func<DateTimeOffset> now) : ILeases, ILeaseAdministration
{
    private static readonly LeaseKey Usual = new(Runs.Job, "sound");

    private readonly Lock gate = new();
    private readonly Dictionary<LeaseKey, LeaseState> states = [];
    private readonly Dictionary<string, HolderState> holders = [];

    public LeaseState State => this[Usual];

    public LeaseState this[LeaseKey key]
    {
        get { lock (gate) return states.GetValueOrDefault(key) ?? new LeaseState(); }
        set { lock (gate) states[key] = value; }
    }

    /// <summary>What happens at every call, by the name of the method.</summary>
    public Action<string> OnCall { get; set; } = _ => { };

    /// <summary>Methods that never answer.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>What every call fails with.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Lets somebody hold the lease from now on.</summary>
    public long HeldBy(string holder, long? ticket = null) => Ask(Usual, new LeaseRequest(holder, true, ticket)).Token;

    /// <summary>Somebody waits for the lease that another one holds; answers the ticket.</summary>
    public long AwaitedBy(string holder) => Ask(Usual, new LeaseRequest(holder, true)).Ticket;

    public void Give(string holder, string? summary, bool pruned = true) =>
        this[Usual] = Lease.Release(State, new LeaseRelease(holder, State.Token, pruned, summary), now());

    /// <summary>The holder's run has ended without giving the lease back.</summary>
    public void Dies(string holder) => holders[holder] = new HolderState(HolderStatus.Ended, now());

    /// <summary>There is no run of the holder's name.</summary>
    public void Forget(string holder) => holders[holder] = new HolderState(HolderStatus.NotFound);

    /// <summary>The holder cannot be looked up.</summary>
    public void Hide(string holder) => holders[holder] = new HolderState(HolderStatus.NotKnown);

    public Task<LeaseAnswer> TryAcquireAsync(LeaseKey key, LeaseRequest request) =>
        AnswerAsync(nameof(TryAcquireAsync), () => Ask(key, request));

    public Task ReleaseAsync(LeaseKey key, LeaseRelease release) =>
        AnswerAsync(nameof(ReleaseAsync), () => Apply(key, state => (Lease.Release(state, release, now()), true)));

    public Task<bool> TakeOverAsync(LeaseKey key, LeaseTakeOver takeOver) =>
        AnswerAsync(nameof(TakeOverAsync), () => Apply(key, state => Lease.TakeOver(state, takeOver, now())));

    public Task<HolderState> HolderStateAsync(string holder) =>
        AnswerAsync(nameof(HolderStateAsync), () => holders.GetValueOrDefault(holder) ?? new HolderState(HolderStatus.Running));

    public Task<LeaseState> ForceReleaseAsync(LeaseKey key, CancellationToken cancellation) =>
        AnswerAsync(nameof(ForceReleaseAsync), () => Apply(key, state => (Lease.ForceRelease(state, now()), state)));

    private LeaseAnswer Ask(LeaseKey key, LeaseRequest request) => Apply(key, state => Lease.TryAcquire(state, request, now()));

    private T Apply<T>(LeaseKey key, Func<LeaseState, (LeaseState State, T Answer)> transition)
    {
        lock (gate)
        {
            (states[key], var answer) = transition(states.GetValueOrDefault(key) ?? new LeaseState());
            return answer;
        }
    }

    private Task<T> AnswerAsync<T>(string method, Func<T> answer)
    {
        OnCall(method);
        if (Failure is not null) return Task.FromException<T>(Failure);
        return Silent.Contains(method) ? new TaskCompletionSource<T>().Task : Task.FromResult(answer());
    }
}
