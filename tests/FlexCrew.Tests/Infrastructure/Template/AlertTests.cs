using System.Text.Json;
using FlexCrew.Telemetry;
using FlexCrew.Tests.Infrastructure.Template.Kusto;
using FlexCrew.Tests.Sync;
using FlexCrew.Tests.Telemetry;
using OpenTelemetry.Metrics;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace FlexCrew.Tests.Infrastructure.Template;

/// <summary>
/// Which alerts fire: the queries as a deployment gets them, over what the product measures, written down as Application Insights does.
/// </summary>
public sealed class AlertTests
{
    private const string Retry = "retry";

    /// <summary>A Wednesday, 17:00 in Madrid: within working hours, and for more than four hours.</summary>
    private static readonly DateTime Wednesday = new(2026, 7, 1, 15, 0, 0, DateTimeKind.Utc);

    private static readonly string Caller = Guid.NewGuid().ToString();

    [Fact]
    public void Where_nothing_was_measured_nobody_is_woken() => Assert.Empty(Fired([]));

    [Fact]
    public void A_day_without_clicks_wakes_nobody_though_timers_ask_Flex_and_measure() => Assert.Empty(Fired(
    [
        .. Enumerable.Range(0, 200).Select(_ => Attempt("200")),
        Gauge("flexcrew.lease.age", 0, ("department", "sound")),
        Gauge("flexcrew.retry_queue.depth", 3),
        Gauge("flexcrew.drift.crew_calls", 1, ("result", "settled")),
    ]));

    /// <summary>What an outage in the evening left is retried in the morning, before anybody works.</summary>
    [Fact]
    public void Retries_that_fail_on_a_day_without_clicks_wake_nobody() =>
        Assert.Empty(Fired([.. Enumerable.Range(0, 50).SelectMany(_ => Run(Retry, "failed", seconds: 60))]));

    [Theory]
    [InlineData("2026-07-01T15:00:00Z", true)]
    [InlineData("2026-07-01T10:30:00Z", false)] // 12:30 there: the window of four hours begins before work does
    [InlineData("2026-07-01T17:30:00Z", false)] // 19:30: after work
    [InlineData("2026-07-04T15:00:00Z", false)] // a Saturday
    public void Clicks_without_any_success_wake_somebody_in_working_hours(string at, bool wakes)
    {
        var time = DateTimeOffset.Parse(at).UtcDateTime;
        var failed = Run(Caller, "failed").ToList();

        Assert.Equal(wakes, Fired(failed, at: time).Contains("no-success"));
        Assert.DoesNotContain("no-success", Fired([.. failed, .. Run(Caller, "skipped")], at: time));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_click_that_fails_counts_once_however_often_it_is_retried(int retries)
    {
        var tenPercent = Enumerable.Range(0, 9).SelectMany(_ => Run(Caller, "succeeded")).Concat(Run(Caller, "failed"))
            .Concat(Enumerable.Range(0, retries).SelectMany(_ => Run(Retry, "failed", seconds: 600))).ToList();

        Assert.Equal(["failure-rate-warning"], Fired(tenPercent));
        Assert.Equal(["failure-rate-critical", "failure-rate-warning"], Fired([.. tenPercent, .. Run(Caller, "partial")]));
    }

    [Fact]
    public void Of_few_runs_no_rate_is_told() =>
        Assert.Empty(Fired([.. Enumerable.Range(0, 3).SelectMany(_ => Run(Caller, "succeeded")), .. Run(Caller, "failed", seconds: 600)]));

    [Fact]
    public void Clicks_that_take_long_wake_somebody_and_runs_that_another_one_answered_do_not_count()
    {
        var slow = Enumerable.Range(0, 5).SelectMany(_ => Run(Caller, "succeeded", seconds: 6)).ToList();

        Assert.Equal(["mean-duration"], Fired([.. slow, .. Enumerable.Range(0, 9).SelectMany(_ => Run(Caller, "coalesced", seconds: 0))]));
    }

    [Theory]
    [InlineData("401", true)]
    [InlineData("403", true)]
    [InlineData("302", true)]
    [InlineData("login-page", true)]
    [InlineData("200", false)]
    [InlineData("404", false)]
    [InlineData("503", false)]
    public void Every_answer_to_an_expired_token_wakes_somebody(string status, bool wakes) =>
        Assert.Equal(wakes ? ["flex-token"] : Array.Empty<string>(), Fired([Attempt(status)]));

    [Fact]
    public void At_seventy_percent_of_the_hourly_budget_somebody_is_woken()
    {
        Assert.Empty(Fired([Attempt("200", 1_399)]));
        Assert.Equal(["flex-budget-hour"], Fired([Attempt("200", 700), Attempt("404", 700)]));
    }

    [Fact]
    public void A_lease_wakes_somebody_that_is_held_for_too_long_or_was_waited_for_in_vain()
    {
        Assert.Equal(["lease-age"], Fired([Gauge("flexcrew.lease.age", 751, ("department", "sound"))]));
        Assert.Empty(Fired([Gauge("flexcrew.lease.age", 750, ("department", "sound"))]));
        Assert.Equal(["lease-age"], Fired(Run(Retry, "failed", lease: "gave up")));
    }

    [Fact]
    public void A_write_of_unknown_outcome_wakes_somebody() =>
        Assert.Equal(["unknown-outcomes"], Fired([Gauge("flexcrew.flex.unknown_outcomes", 1, ("operation", "add"))]));

    [Fact]
    public void Drift_that_a_check_found_is_told_where_there_is_a_check()
    {
        var found = Gauge("flexcrew.drift.crew_calls", 1, ("result", "drift"));

        Assert.Equal(["drift"], Fired([found], Prediction.Longest));
        Assert.Empty(Fired([found]));
    }

    [Fact]
    public void One_place_that_cannot_reach_the_app_wakes_nobody_and_all_of_them_do()
    {
        var (fails, reaches) = (Probe("Dublin", false), Probe("Amsterdam", true));

        Assert.Empty(Fired([], Prediction.Longest, probes: [fails, reaches]));
        Assert.Equal(["unhealthy"], Fired([], Prediction.Longest, probes: [fails, fails]));
    }

    /// <summary>The keys of the rules that fire. Every rule looks at all that is given: windows are Azure's part.</summary>
    private static IReadOnlyList<string> Fired(
        IReadOnlyList<Row> metrics, Prediction? prediction = null, DateTime? at = null, IReadOnlyList<Row>? probes = null)
    {
        var tables = new Dictionary<string, IReadOnlyList<Row>> { ["AppMetrics"] = metrics, ["AppAvailabilityResults"] = probes ?? [] };
        return
        [
            .. from rule in (prediction ?? Prediction.Shortest).Resources("Microsoft.Insights/scheduledQueryRules")
               let criterion = rule.GetProperty("properties").GetProperty("criteria").GetProperty("allOf")[0]
               where KustoQuery.Run(criterion.GetProperty("query").GetString()!, tables, at ?? Wednesday).Count > Threshold(criterion)
               let name = rule.GetProperty("name").GetString()!
               select Keys.First(key => name.EndsWith($"-{key}", StringComparison.Ordinal)) into key
               orderby key
               select key,
        ];

        static int Threshold(JsonElement criterion) => criterion.GetProperty("threshold").GetInt32();
    }

    private static readonly string[] Keys =
    [
        "failure-rate-warning", "failure-rate-critical", "mean-duration", "unknown-outcomes", "lease-age", "flex-token", "flex-budget-hour",
        "flex-budget-day", "no-success", "unhealthy", "drift",
    ];

    /// <summary>What a run measures, as the product does. Other tests measure at the same time: the department tells whose it is.</summary>
    private static List<Row> Run(string triggeredBy, string status, double seconds = 1, string lease = "granted")
    {
        var run = LogRowsTests.AnyRow with
        {
            TriggeredBy = triggeredBy,
            Department = Guid.NewGuid().ToString(),
            Status = status,
            DurationMs = (long)(seconds * 1000),
        };
        return
        [
            .. from metric in Metrics.Measured(() => SyncTelemetry.Record(run, lease, leaseWaitSeconds: 0))
               from point in metric.MetricPoints
               let tags = point.Tags()
               where tags.GetValueOrDefault("department") == run.Department
               select Metric(
                   metric.Name, point.Value(metric.MetricType), metric.MetricType == MetricType.Histogram ? point.GetHistogramCount() : 1,
                   [.. tags.Select(tag => (tag.Key, tag.Value))]),
        ];
    }

    private static Row Attempt(string status, int times = 1) =>
        Metric("flexcrew.flex.request.duration", 0.2 * times, times, ("operation", "list-row-data"), ("status", status));

    private static Row Gauge(string name, double value, params (string Key, string? Value)[] tags) => Metric(name, value, 1, tags);

    private static Row Metric(string name, double sum, double count, params (string Key, string? Value)[] tags) => tags.Aggregate(
        new Dictionary<string, object?> { ["Name"] = name, ["Sum"] = sum, ["ItemCount"] = count },
        (row, tag) => new(row) { [$"Properties.{tag.Key}"] = tag.Value });

    private static Row Probe(string location, bool succeeds) =>
        new Dictionary<string, object?> { ["Location"] = location, ["Success"] = succeeds };
}
