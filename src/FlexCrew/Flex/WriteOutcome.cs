namespace FlexCrew.Flex;

/// <summary>What is known of a write after it was sent: three values, never two.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome() { }

    /// <summary>Flex did it.</summary>
    /// <param name="LineItemId">The id of the line item, where the request creates one.</param>
    public sealed record Applied(string? LineItemId = null) : WriteOutcome;

    /// <summary>Flex refused, or the request was never sent, or doing it twice would do no harm: sending again is safe.</summary>
    public sealed record NotApplied(Failure Failure) : WriteOutcome;

    /// <summary>Nobody knows: the answer was lost, late or cannot be read. Sending again is not safe before a listing.</summary>
    public sealed record Unknown(Failure Failure) : WriteOutcome;
}

/// <summary>A read: what Flex holds, or a failure. Never both, never an empty stand-in for a failure.</summary>
/// <typeparam name="T">What was read.</typeparam>
public readonly record struct FlexRead<T>
{
    private FlexRead(T? value, Failure? failure) => (Value, Failure) = (value, failure);

    /// <summary>What was read; null when the read failed.</summary>
    public T? Value { get; }

    /// <summary>Why the read failed; null when it did not.</summary>
    public Failure? Failure { get; }

    /// <summary>A read that succeeded.</summary>
    public static FlexRead<T> Of(T value) => new(value, null);

    /// <summary>A read that failed.</summary>
    public static FlexRead<T> Failed(Failure failure) => new(default, failure);
}
