using FlexCrew.Flex.Resilience.AdaptiveConcurrency;
using FlexCrew.Tests.Http.Support;

namespace FlexCrew.Tests.Flex.Resilience;

/// <summary>
/// Processes that always have something to send, and a Flex that they share, in virtual time: a run of a minute takes
/// milliseconds and is the same each time.
/// </summary>
/// <param name="seed">Of how long each request takes.</param>
internal sealed class ModelFlex(int seed)
{
    private readonly Random random = new(seed);

    private static readonly TimeSpan RefusalTakes = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(1);

    private readonly ManualTime time = new();
    private readonly PriorityQueue<Action, (DateTimeOffset, int)> events = new();
    private readonly List<Process> processes = [];
    private int scheduled;
    private int underWay;

    /// <summary>More requests than this at once are refused.</summary>
    public int Takes { get; set; } = int.MaxValue;

    /// <summary>How long a request takes on average, by how many are under way; a third more or less by chance.</summary>
    public Func<int, TimeSpan> Latency { get; set; } = _ => TimeSpan.FromMilliseconds(150);

    /// <summary>When a process stops waiting for an answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A process with so many callers, each of which sends its next request as soon as it has an answer.</summary>
    public Process AddProcess(int callers, TimeSpan? memory = null, int initial = 8, int ceiling = 16)
    {
        var process = new Process(new AdaptiveLimiter(initial, ceiling, memory ?? AdaptiveLimiter.DefaultObjectionMemory, time), callers);
        processes.Add(process);
        for (var caller = 0; caller < callers; caller++) Ask(process, caller);
        return process;
    }

    public void RunFor(TimeSpan duration)
    {
        var end = time.GetUtcNow() + duration;
        Grant();
        while (events.TryPeek(out _, out var next) && next.Item1 <= end)
        {
            if (next.Item1 > time.GetUtcNow()) time.Advance(next.Item1 - time.GetUtcNow());
            events.Dequeue()();
            Grant();
        }
        time.Advance(end - time.GetUtcNow());
    }

    private void Ask(Process process, int caller) =>
        process.Asking.Enqueue((caller, time.GetUtcNow(), process.Limiter.AcquireAsync(default)));

    private void Grant()
    {
        foreach (var process in processes)
        {
            // Who came first goes first: behind one that waits there is none that has a slot.
            while (process.Asking.TryPeek(out var asking) && asking.Slot.IsCompleted)
            {
                var (caller, since, slot) = process.Asking.Dequeue();
                process.LongestWait = Max(process.LongestWait, time.GetUtcNow() - since);
                Send(process, caller, slot.Result);
            }
        }
    }

    private void Send(Process process, int caller, int slot)
    {
        underWay++;
        process.Sent++;
        process.Peak = Math.Max(process.Peak, process.Limiter.InFlight);
        if (underWay > Takes)
        {
            process.Refused++;
            After(RefusalTakes, () => End(process, caller, slot, ConcurrencySignal.Objection));
            return;
        }
        var latency = Latency(underWay) * (2 + (2 * random.NextDouble())) / 3;
        if (latency < Timeout)
            After(latency, () => End(process, caller, slot, ConcurrencySignal.Success));
        else
            After(Timeout, () => End(process, caller, slot, ConcurrencySignal.Objection));
    }

    private void End(Process process, int caller, int slot, ConcurrencySignal signal)
    {
        underWay--;
        process.Limiter.Release(slot, signal);
        if (signal == ConcurrencySignal.Success)
        {
            process.Answered[caller]++;
            Ask(process, caller);
            return;
        }
        process.Objections++;
        After(Backoff, () => Ask(process, caller));
    }

    private void After(TimeSpan wait, Action action) => events.Enqueue(action, (time.GetUtcNow() + wait, scheduled++));

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    internal sealed class Process(AdaptiveLimiter limiter, int callers)
    {
        public AdaptiveLimiter Limiter => limiter;

        public int Sent { get; set; }

        public int Refused { get; set; }

        public int Objections { get; set; }

        public int Peak { get; set; }

        public TimeSpan LongestWait { get; set; }

        public int[] Answered { get; } = new int[callers];

        internal Queue<(int Caller, DateTimeOffset Since, Task<int> Slot)> Asking { get; } = [];

        public void Reset()
        {
            (Sent, Refused, Objections, Peak, LongestWait) = (0, 0, 0, 0, TimeSpan.Zero);
            Array.Clear(Answered);
        }
    }
}
