using System.Collections.Concurrent;

namespace FlexCrew.Flex;

/// <summary>Accompanies the requests of one step: carries the correlation id, guards writes, counts what goes over the wire.</summary>
/// <param name="correlationId">Sent as <c>x-correlation-id</c>.</param>
public sealed class FlexScope(string correlationId)
{
    private readonly ConcurrentDictionary<string, bool> spared = new(FlexIds.Comparer);
    private int requests;
    private int unknowns;
    private int passes;

    /// <summary>The correlation id of the request that caused it all.</summary>
    public string CorrelationId { get; } = correlationId;

    /// <summary>Asked right before each attempt of each write. Without one nothing is written.</summary>
    public IWriteGuard? Guard { get; set; }

    /// <summary>Requests sent to Flex, each attempt counted.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>Writes whose outcome was unknown, whatever became of them later.</summary>
    public int Unknowns => Volatile.Read(ref unknowns);

    /// <summary>Attempts to write that the guard let pass, sent or not.</summary>
    public int Passes => Volatile.Read(ref passes);

    /// <summary>Line items that were to be deleted and that the guard had left out.</summary>
    public IReadOnlyCollection<string> Spared => [.. spared.Keys];

    /// <summary>Asks the guard about a write, and remembers which line items it leaves out.</summary>
    /// <param name="lineItemIds">The line items that the write deletes; none for other writes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Why the write must not be sent; null when it may be, without the line items in <see cref="Spared"/>.</returns>
    public async Task<Failure?> AskGuardAsync(IReadOnlyCollection<string> lineItemIds, CancellationToken cancellation)
    {
        if (Guard is null) return new Failure(FailureKind.Unexpected, "A step that may not write tried to write to Flex");
        var permission = await Guard.AskAsync(lineItemIds, cancellation);
        foreach (var line in permission.Spared ?? []) spared[line] = true;
        if (permission.Refusal is not null) return permission.Refusal;
        Interlocked.Increment(ref passes);
        return lineItemIds.Count > 0 && lineItemIds.All(spared.ContainsKey)
            ? new Failure(FailureKind.NotWanted, "The contacts are wanted again: they are not deleted")
            : null;
    }

    /// <summary>Counts one attempt.</summary>
    public void CountRequest() => Interlocked.Increment(ref requests);

    /// <summary>Counts one unknown outcome.</summary>
    public void CountUnknown() => Interlocked.Increment(ref unknowns);
}
