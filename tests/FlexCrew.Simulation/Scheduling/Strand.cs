namespace FlexCrew.Simulation.Scheduling;

/// <summary>
/// What runs in it continues in it, at the scheduler's choice. Once it, or the strand that it belongs to, is killed,
/// nothing of it continues: its code stands still at the await where it was, as in a process that died.
/// </summary>
internal sealed class Strand(Scheduler scheduler, Strand? parent = null) : SynchronizationContext
{
    private bool killed;

    public bool Alive => !killed && (parent?.Alive ?? true);

    public void Kill() => killed = true;

    public override void Post(SendOrPostCallback d, object? state) => scheduler.Enqueue(this, d, state);

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    public override SynchronizationContext CreateCopy() => this;
}
