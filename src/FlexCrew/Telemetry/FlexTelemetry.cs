using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FlexCrew.Telemetry;

/// <summary>What the Flex client measures. Names are documented for operators: change none without a note.</summary>
internal static class FlexTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    internal const string SourceName = "FlexCrew";

    private static readonly ActivitySource Activities = new(SourceName);

    private static readonly Meter Meter = new(SourceName);

    private static readonly Histogram<double> RequestDuration = Meter.CreateHistogram<double>(
        "flexcrew.flex.request.duration", "s", "Time of one HTTP attempt at Flex, body included.");

    private static readonly Counter<long> UnknownOutcomes = Meter.CreateCounter<long>(
        "flexcrew.flex.unknown_outcomes", "{write}", "Writes of which nobody knows whether Flex applied them.");

    /// <summary>Begins the span of one attempt; null when nobody listens.</summary>
    internal static Activity? StartAttempt(string operation) =>
        Activities.StartActivity($"flex {operation}", ActivityKind.Client);

    /// <summary>Records one attempt.</summary>
    /// <param name="operation">Which request, such as <c>add</c>.</param>
    /// <param name="status">The HTTP status, or why there is none, such as <c>timeout</c>; <c>login-page</c> for one that comes with a 200.</param>
    /// <param name="duration">From the first byte sent to the last one read.</param>
    internal static void Record(string operation, string status, TimeSpan duration) =>
        RequestDuration.Record(duration.TotalSeconds, new("operation", operation), new KeyValuePair<string, object?>("status", status));

    /// <summary>Counts a write whose outcome is unknown.</summary>
    internal static void RecordUnknownOutcome(string operation) =>
        UnknownOutcomes.Add(1, new KeyValuePair<string, object?>("operation", operation));
}
