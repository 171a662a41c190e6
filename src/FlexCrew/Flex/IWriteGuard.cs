namespace FlexCrew.Flex;

/// <summary>
/// Decides whether a write may go out now. A request may have waited for a slot, a <c>Retry-After</c> or the circuit breaker since its step
/// decided to send it, so this is asked right before each attempt.
/// </summary>
public interface IWriteGuard
{
    /// <summary>
    /// Asks about one attempt. Fails only when <paramref name="cancellation"/> is cancelled: what cannot be asked is refused.
    /// </summary>
    /// <param name="lineItemIds">The line items that the write deletes; none for other writes.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<WritePermission> AskAsync(IReadOnlyCollection<string> lineItemIds, CancellationToken cancellation);
}

/// <summary>The answer of a guard.</summary>
/// <param name="Refusal">Why nothing may be sent; null when it may.</param>
/// <param name="Spared">Line items that must be left out of a deletion.</param>
public readonly record struct WritePermission(Failure? Refusal, IReadOnlyCollection<string>? Spared = null);
