namespace FlexSimulator;

/// <summary>Wakes those who wait for a condition whenever something has changed.</summary>
internal sealed class Signal
{
    private TaskCompletionSource next = Create();

    public void Raise() => Interlocked.Exchange(ref next, Create()).TrySetResult();

    public async Task WaitUntilAsync(Func<bool> condition, TimeSpan? timeout)
    {
        var limit = timeout ?? TimeSpan.FromSeconds(10);
        using var late = new CancellationTokenSource(limit);
        while (true)
        {
            var changed = Volatile.Read(ref next).Task;
            if (condition()) return;
            try
            {
                await changed.WaitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"What was waited for did not happen within {limit.TotalSeconds:0.###} s.");
            }
        }
    }

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
