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

    private static readonly Counter<long> Objections = Meter.CreateCounter<long>(
        "flexcrew.flex.objections", "{answer}", "Answers by which Flex objected to the load, time-outs included.");

    private static Func<FlexLoadReading> load = () => default;

    private static readonly ObservableGauge<int> ConcurrencyLimit = Meter.CreateObservableGauge<int>(
        "flexcrew.flex.concurrency.limit", () => load().Limit, "{request}", "Requests that this process may have under way at once.");

    private static readonly ObservableGauge<int> InFlight = Meter.CreateObservableGauge<int>(
        "flexcrew.flex.concurrency.in_flight", () => load().InFlight, "{request}", "Requests that this process has under way.");

    private static readonly ObservableGauge<int> Requests = Meter.CreateObservableGauge<int>(
        "flexcrew.flex.requests", ReadRequests, "{request}", "Requests that this process sent in the last hour and day.");

    /// <summary>Tells where the gauges read; a process has one way to Flex, and the newest counts.</summary>
    internal static void Observe(Func<FlexLoadReading> reading) => load = reading;

    /// <summary>Counts an answer by which Flex objected to the load.</summary>
    /// <param name="status">The HTTP status, or <c>timeout</c>.</param>
    internal static void RecordObjection(string status) => Objections.Add(1, new KeyValuePair<string, object?>("status", status));

    /// <summary>Begins the span of one attempt; null when nobody listens.</summary>
    internal static Activity? StartAttempt(string operation) =>
        Activities.StartActivity($"flex {operation}", ActivityKind.Client);

    /// <summary>Records one attempt.</summary>
    /// <param name="operation">Which request, such as <c>add</c>.</param>
    /// <param name="status">The HTTP status, or why there is none, such as <c>timeout</c>; <c>login-page</c> for one that comes with a
    /// 200.</param>
    /// <param name="duration">From the first byte sent to the last one read.</param>
    internal static void Record(string operation, string status, TimeSpan duration) =>
        RequestDuration.Record(duration.TotalSeconds, new("operation", operation), new KeyValuePair<string, object?>("status", status));

    /// <summary>Counts a write whose outcome is unknown.</summary>
    internal static void RecordUnknownOutcome(string operation) =>
        UnknownOutcomes.Add(1, new KeyValuePair<string, object?>("operation", operation));

    private static Measurement<int>[] ReadRequests()
    {
        var reading = load();
        return
        [
            new(reading.LastHour, new KeyValuePair<string, object?>("window", "hour")),
            new(reading.LastDay, new KeyValuePair<string, object?>("window", "day")),
        ];
    }
}
