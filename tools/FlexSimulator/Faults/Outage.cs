namespace FlexSimulator;

/// <summary>How the whole of Flex is down.</summary>
public enum OutageKind
{
    /// <summary>Every request gets 503.</summary>
    ServiceUnavailable,

    /// <summary>Connections are refused, and those that were open are reset.</summary>
    Refuse,

    /// <summary>No request gets an answer.</summary>
    Hang,
}

/// <summary>The switch of the whole outage.</summary>
internal sealed class Outage(CancellationToken lifetime)
{
    private readonly SemaphoreSlim one = new(1, 1);
    private State? current;

    public OutageKind? Kind => Volatile.Read(ref current)?.Kind;

    /// <summary>The outage at this instant.</summary>
    public State? Current => Volatile.Read(ref current);

    public SwitchableListener? Listener { get; set; }

    public async Task BeginAsync(OutageKind kind, TimeSpan? duration, TimeSpan? retryAfter)
    {
        var state = new State(kind, retryAfter, new CancellationTokenSource());
        await one.WaitAsync(lifetime);
        try
        {
            Interlocked.Exchange(ref current, state)?.Over.Cancel();
            if (Listener is null) return;
            if (kind == OutageKind.Refuse) await Listener.CloseAsync();
            else await Listener.OpenAsync();
        }
        finally
        {
            one.Release();
        }
        if (duration is { } limit) _ = EndAfterAsync(state, limit);
    }

    public Task EndAsync() => EndAsync(null);

    private async Task EndAsync(State? only)
    {
        await one.WaitAsync(lifetime);
        try
        {
            if (only is not null && only != current) return;
            if (Listener is not null) await Listener.OpenAsync();
            Interlocked.Exchange(ref current, null)?.Over.Cancel();
        }
        finally
        {
            one.Release();
        }
    }

    private async Task EndAfterAsync(State state, TimeSpan limit)
    {
        try
        {
            await Task.Delay(limit, lifetime);
            await EndAsync(state);
        }
        catch (OperationCanceledException)
        {
            // The simulator has ended first.
        }
    }

    /// <param name="Kind">How it looks from outside.</param>
    /// <param name="RetryAfter">Sent with a 503.</param>
    /// <param name="Over">Cancelled when it is over.</param>
    internal sealed record State(OutageKind Kind, TimeSpan? RetryAfter, CancellationTokenSource Over);
}
