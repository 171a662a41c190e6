using FlexCrew.Flex;

namespace FlexCrew.Tests.Flex;

/// <summary>Lets every write pass, unless a test tells it why not; leaves out of deletions what a test wants to be spared.</summary>
internal sealed class OpenGuard : IWriteGuard
{
    private int asked;

    /// <summary>Why nothing may be sent.</summary>
    public Failure? Refusal { get; set; }

    public HashSet<string> Spares { get; } = new(FlexIds.Comparer);

    /// <summary>How often it was asked.</summary>
    public int Asked => Volatile.Read(ref asked);

    /// <summary>What happens while it is asked.</summary>
    public Func<CancellationToken, Task> OnAsk { get; set; } = _ => Task.CompletedTask;

    public async Task<WritePermission> AskAsync(IReadOnlyCollection<string> lineItemIds, CancellationToken cancellation)
    {
        Interlocked.Increment(ref asked);
        await OnAsk(cancellation);
        return new WritePermission(Refusal, [.. lineItemIds.Where(Spares.Contains)]);
    }
}
