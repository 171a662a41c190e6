namespace FlexCrew.Flex.Resilience.AdaptiveConcurrency;

/// <summary>What the outcome of an attempt says about the number of requests that the other side takes at once.</summary>
internal enum ConcurrencySignal
{
    /// <summary>Nothing: the request was never sent, or it failed for a reason that has nothing to do with load.</summary>
    None,

    /// <summary>The other side answered in time: it may take more.</summary>
    Success,

    /// <summary>The other side refused because of load, or was too slow: it takes less.</summary>
    Objection,
}
