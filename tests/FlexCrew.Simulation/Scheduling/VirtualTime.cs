namespace FlexCrew.Simulation.Scheduling;

/// <summary>The scheduler's clock. Timers fire once, in virtual time.</summary>
internal sealed class VirtualTime(Scheduler scheduler) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => scheduler.Now;

    public override long GetTimestamp() => scheduler.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan) throw new NotSupportedException("A timer that repeats");
        var timer = new OneShot(callback, state);
        if (dueTime != Timeout.InfiniteTimeSpan) scheduler.After(dueTime, timer.Fire);
        return timer;
    }

    private sealed class OneShot(TimerCallback callback, object? state) : ITimer
    {
        private bool disposed;

        public void Fire()
        {
            if (!disposed) callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => disposed = true;

        public ValueTask DisposeAsync()
        {
            disposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
