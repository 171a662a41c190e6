using FlexCrew.Sync;

namespace FlexCrew.Tests.Sync.Fakes;

/// <summary>A host whose clock jumps over every wait, and remembers them.</summary>
internal sealed class FakeHost : ISyncHost
{
    public DateTimeOffset UtcNow { get; set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public List<TimeSpan> Waits { get; } = [];

    public List<SyncProgress> Progress { get; } = [];

    /// <summary>What happens in the world while the run waits.</summary>
    public Action OnWait { get; set; } = () => { };

    public Task DelayAsync(TimeSpan delay)
    {
        Waits.Add(delay);
        UtcNow += delay;
        OnWait();
        return Task.CompletedTask;
    }

    public void Report(SyncProgress progress) => Progress.Add(progress);
}
