namespace FlexCrew.Flex.Resilience.AdaptiveConcurrency;

/// <summary>
/// Shows how many attempts may be under way at once, and how many are. One for the process; the strategy that it is given
/// to fills it.
/// </summary>
internal sealed class ConcurrencyLimit
{
    private AdaptiveLimiter? limiter;

    /// <summary>Attempts that may be under way at once at this moment; 0 before the pipeline is built.</summary>
    public int Current => limiter?.Limit ?? 0;

    /// <summary>Attempts that hold a slot: their request is under way, or waits out a pause that the other side asked for.</summary>
    public int InFlight => limiter?.InFlight ?? 0;

    internal void Show(AdaptiveLimiter shown) => limiter = shown;
}
