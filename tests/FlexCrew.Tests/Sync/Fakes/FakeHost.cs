using FlexCrew.Contract;
using FlexCrew.Sync;

namespace FlexCrew.Tests.Sync.Fakes;

/// <summary>
/// A host whose clock jumps over every wait, and remembers them. A timer that may be let go, such as the one of the time limit, fires when
/// the clock has come to it.
/// </summary>
internal sealed class FakeHost : ISyncHost
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<(DateTimeOffset At, TaskCompletionSource Fires)> timers = [];

    public DateTimeOffset UtcNow { get; set; } = Noon;

    public List<TimeSpan> Waits { get; } = [];

    public List<SyncProgress> Progress { get; } = [];

    /// <summary>What the run told its caller before it was recorded.</summary>
    public List<DepartmentSummary> Settled { get; } = [];

    /// <summary>Timers that have neither fired nor been let go.</summary>
    public int Timers => timers.Count;

    /// <summary>What happens in the world while the run waits.</summary>
    public Action OnWait { get; set; } = () => { };

    /// <summary>What happens when the summary is settled.</summary>
    public Action OnSettle { get; set; } = () => { };

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellation)
    {
        if (cancellation.CanBeCanceled) return TimerAsync(UtcNow + delay, cancellation);
        Waits.Add(delay);
        PassTo(UtcNow + delay);
        OnWait();
        return Task.CompletedTask;
    }

    public void Report(SyncProgress progress)
    {
        lock (Progress) Progress.Add(progress);
    }

    public void Settle(DepartmentSummary summary)
    {
        Settled.Add(summary);
        OnSettle();
    }

    /// <summary>Moves the clock, and fires what comes due on the way.</summary>
    public void PassTo(DateTimeOffset then)
    {
        while (timers.Where(timer => timer.At <= then).OrderBy(timer => timer.At).FirstOrDefault() is { Fires: { } fires } due)
        {
            timers.Remove(due);
            if (due.At > UtcNow) UtcNow = due.At;
            fires.SetResult();
        }

        if (then > UtcNow) UtcNow = then;
    }

    /// <summary>
    /// Moves the clock from timer to timer until the run has ended: nothing else answers it any more. Without a context to return to, all
    /// that follows from a timer has happened when it has fired.
    /// </summary>
    public Task<T> PassUntilAsync<T>(Func<Task<T>> run) => Task.Run(() =>
    {
        var running = run();
        while (!running.IsCompleted)
        {
            Assert.True(timers.Count > 0, "the run waits for ever");
            PassTo(timers.Min(timer => timer.At));
        }

        return running;
    });

    private Task TimerAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        var timer = (At: at, Fires: new TaskCompletionSource());
        timers.Add(timer);
        cancellation.Register(() =>
        {
            if (timers.Remove(timer)) timer.Fires.SetCanceled(cancellation);
        });
        return timer.Fires.Task;
    }
}
