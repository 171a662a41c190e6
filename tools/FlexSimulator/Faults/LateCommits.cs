namespace FlexSimulator;

/// <summary>Writes that change the world after their answer.</summary>
internal sealed class LateCommits(CancellationToken lifetime)
{
    private readonly Signal changed = new();
    private int pending;

    public int Pending => Volatile.Read(ref pending);

    public void Schedule(TimeSpan after, Action commit)
    {
        Interlocked.Increment(ref pending);
        _ = CommitAsync(after, commit);
    }

    public Task WaitAsync(TimeSpan? timeout) => changed.WaitUntilAsync(() => Pending == 0, timeout);

    private async Task CommitAsync(TimeSpan after, Action commit)
    {
        try
        {
            await Task.Delay(after, lifetime);
            commit();
        }
        catch (OperationCanceledException)
        {
            // The simulator has ended first.
        }
        finally
        {
            Interlocked.Decrement(ref pending);
            changed.Raise();
        }
    }
}
