using FlexCrew.Locking;

namespace FlexCrew.Tests.Sync.Fakes;

/// <summary>The lease of one crew call and that of its element, in memory, and what is known of their holders.</summary>
internal sealed class MemoryLeases(FakeHost host) : ILeases
{
    private readonly Dictionary<string, HolderState> ended = [];

    /// <summary>The lease of the crew call.</summary>
    public LeaseState State { get; private set; } = new();

    /// <summary>The lease of the element in Flex, which siblings share.</summary>
    public LeaseState Element { get; private set; } = new();

    /// <summary>What happens at every ask.</summary>
    public Action OnAsk { get; set; } = () => { };

    /// <summary>Lets somebody hold the lease from now on.</summary>
    public long HeldBy(string holder) => Ask(false, new LeaseRequest(holder, true)).Token;

    /// <summary>Lets a sibling's run hold the lease of the element from now on.</summary>
    public long ElementHeldBy(string holder) => Ask(true, new LeaseRequest(holder, true)).Token;

    public void GiveElement(string holder) => Element = Lease.Release(Element, new LeaseRelease(holder, Element.Token, false, null), host.UtcNow);

    public void Give(string holder, string? summary, bool pruned = true) =>
        State = Lease.Release(State, new LeaseRelease(holder, State.Token, pruned, summary), host.UtcNow);

    /// <summary>The holder's run has ended without giving the lease back.</summary>
    public void Dies(string holder) => ended[holder] = new HolderState(false, host.UtcNow);

    /// <summary>Nothing is known of the holder's run.</summary>
    public void Forget(string holder) => ended[holder] = new HolderState(false, null);

    public Task<LeaseAnswer> TryAcquireAsync(LeaseKey key, LeaseRequest request)
    {
        OnAsk();
        return Task.FromResult(Ask(IsOfElement(key), request));
    }

    public Task ReleaseAsync(LeaseKey key, LeaseRelease release)
    {
        Set(IsOfElement(key), Lease.Release(Get(IsOfElement(key)), release, host.UtcNow));
        return Task.CompletedTask;
    }

    public Task<bool> TakeOverAsync(LeaseKey key, LeaseTakeOver takeOver)
    {
        var (state, freed) = Lease.TakeOver(Get(IsOfElement(key)), takeOver, host.UtcNow);
        Set(IsOfElement(key), state);
        return Task.FromResult(freed);
    }

    public Task<HolderState> HolderStateAsync(string holder) =>
        Task.FromResult(ended.GetValueOrDefault(holder) ?? new HolderState(true, host.UtcNow));

    private LeaseAnswer Ask(bool ofElement, LeaseRequest request)
    {
        var (state, answer) = Lease.TryAcquire(Get(ofElement), request, host.UtcNow);
        Set(ofElement, state);
        return answer;
    }

    private static bool IsOfElement(LeaseKey key) => key.Department == LeaseKey.Element;

    private LeaseState Get(bool ofElement) => ofElement ? Element : State;

    private void Set(bool ofElement, LeaseState state)
    {
        if (ofElement) Element = state;
        else State = state;
    }
}
