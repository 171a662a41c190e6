namespace FlexCrew.Tests.Http.Support;

/// <summary>A clock that stands still until it is moved; its timers are the system's.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long ticks = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    internal void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
