using FlexCrew.Locking;
using FlexCrew.Simulation.Planted;

namespace FlexCrew.Simulation.Running;

/// <summary>The leases of one host: the state machine of <see cref="Lease"/>, reached by messages that take their time.</summary>
internal sealed class SimLeases(World world, int host) : ILeases
{
    private readonly Dictionary<LeaseKey, LeaseState> states = [];
    private int messages;

    public Task<LeaseAnswer> TryAcquireAsync(LeaseKey key, LeaseRequest request) => AskAsync(key, state =>
    {
        if (world.Planted == PlantedBug.NoLeaseAndNoFence) state = state with { Holder = null };
        if (world.Planted == PlantedBug.AnsweredByAnEarlierRun && state.LastCompleted is { } completed)
            state = state with { LastCompleted = completed with { GrantTicket = long.MaxValue } };
        var (next, answer) = Lease.TryAcquire(state, request, world.Now);
        world.Note(request.Holder, $"asks for the lease: {answer.Kind}");
        return (next, answer);
    });

    public async Task ReleaseAsync(LeaseKey key, LeaseRelease release) =>
        await AskAsync(key, state =>
        {
            world.Note(release.Holder, "gives the lease back");
            return (Lease.Release(state, release, world.Now), true);
        });

    public Task<bool> TakeOverAsync(LeaseKey key, LeaseTakeOver takeOver) =>
        AskAsync(key, state => world.Planted == PlantedBug.NoTakeOver ? (state, false) : Lease.TakeOver(state, takeOver, world.Now));

    public Task<HolderState> HolderStateAsync(string holder) =>
        AskAsync(new LeaseKey(Guid.Empty, ""), state => (state, world.Syncs.StateOf(holder)));

    /// <summary>A process that keeps its leases in memory has been restarted.</summary>
    public void Forget() => states.Clear();

    private Task<T> AskAsync<T>(LeaseKey key, Func<LeaseState, (LeaseState State, T Answer)> transition)
    {
        var name = $"lease {host} {++messages}";
        var answer = new TaskCompletionSource<T>();
        world.Scheduler.After(world.Latency(name, 0.01, 0.8), () =>
        {
            var (state, value) = transition(states.GetValueOrDefault(key) ?? new LeaseState());
            states[key] = state;
            world.Scheduler.After(world.Latency(name + "<", 0.01, 0.8), () => answer.TrySetResult(value));
        });
        return answer.Task;
    }
}
