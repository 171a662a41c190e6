namespace FlexCrew.Simulation.Scheduling;

/// <summary>
/// One thread, one order of events for one seed: of all continuations that could go on it picks one at random; when
/// there is none, the clock jumps to the next timer.
/// </summary>
internal sealed class Scheduler
{
    private readonly List<(Strand Strand, SendOrPostCallback Callback, object? State)> ready = [];
    private readonly PriorityQueue<Action, (long Due, long Order)> timers = new();
    private readonly Random random;
    private readonly Strand world;
    private long order;

    public Scheduler(int seed)
    {
        random = new Random(seed);
        world = new Strand(this);
        Time = new VirtualTime(this);
    }

    public VirtualTime Time { get; }

    public DateTimeOffset Now { get; private set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>How many continuations and timers have run.</summary>
    public int Steps { get; private set; }

    public void Enqueue(Strand strand, SendOrPostCallback callback, object? state) => ready.Add((strand, callback, state));

    /// <summary>Does something later that no death can stop.</summary>
    public void After(TimeSpan delay, Action action) =>
        timers.Enqueue(action, ((Now + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero)).Ticks, order++));

    /// <summary>Runs a body in a strand. The task never ends when the strand is killed.</summary>
    public Task<T> RunAsync<T>(Strand strand, Func<Task<T>> body)
    {
        var done = new TaskCompletionSource<T>();
        Enqueue(strand, async _ =>
        {
            try
            {
                done.TrySetResult(await body());
            }
            catch (Exception error)
            {
                done.TrySetException(error);
            }
        }, null);
        return done.Task;
    }

    /// <summary>Goes on until <paramref name="until"/> holds, nothing is left, or the clock would pass <paramref name="atMost"/>.</summary>
    public void Run(Func<bool> until, DateTimeOffset atMost)
    {
        var outside = SynchronizationContext.Current;
        try
        {
            while (!until() && Step(atMost)) Steps++;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }
    }

    private bool Step(DateTimeOffset atMost)
    {
        if (ready.Count > 0)
        {
            var index = random.Next(ready.Count);
            var (strand, callback, state) = ready[index];
            ready[index] = ready[^1];
            ready.RemoveAt(ready.Count - 1);
            if (!strand.Alive) return true;
            SynchronizationContext.SetSynchronizationContext(strand);
            callback(state);
            return true;
        }

        if (!timers.TryPeek(out _, out var next) || next.Due > atMost.Ticks) return false;
        var action = timers.Dequeue();
        Now = new DateTimeOffset(Math.Max(next.Due, Now.Ticks), TimeSpan.Zero);
        SynchronizationContext.SetSynchronizationContext(world);
        action();
        return true;
    }
}
