using FlexCrew.Flex.Resilience.AdaptiveConcurrency;
using FlexCrew.Flex.Resilience.Pause;
using FlexCrew.Telemetry;

namespace FlexCrew.Flex.Resilience;

/// <summary>What this process knows about the load that it puts on Flex. One for the process; the pipeline fills it.</summary>
internal sealed class FlexLoad(TimeProvider time)
{
    /// <summary>How many requests may be under way at once; whoever runs steps side by side may follow it.</summary>
    public ConcurrencyLimit Limit { get; } = new();

    /// <summary>Whether no request of this process is under way.</summary>
    public bool IsIdle => Limit.InFlight == 0;

    /// <summary>How long Flex is left alone.</summary>
    public FlexPause Pause { get; } = new(time);

    /// <summary>The requests that were sent in the last hour and day.</summary>
    public RequestCount Requests { get; } = new(time);

    /// <summary>What the gauges show.</summary>
    public FlexLoadReading Measure() => new(Limit.Current, Limit.InFlight, Requests.LastHour, Requests.LastDay);
}
