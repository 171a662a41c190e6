using FlexCrew.Telemetry;
using FlexCrew.Tests.Sync;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;

namespace FlexCrew.Tests.Telemetry;

public sealed class SyncTelemetryTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_run_is_measured_by_department_and_outcome()
    {
        var metrics = Metrics.Measured(() => SyncTelemetry.Record(
            LogRowsTests.AnyRow with { Department = "measured", Status = "coalesced", DurationMs = 1500, Added = 2 }, "coalesced", 0.75));

        Assert.Equal(
            1.5, Sum(metrics, "flexcrew.sync.duration", ("department", "measured"), ("outcome", "coalesced"), ("trigger", "caller")));
        Assert.Equal(0.75, Sum(metrics, "flexcrew.lease.wait", ("department", "measured"), ("result", "coalesced")));
        Assert.Equal(1, Sum(metrics, "flexcrew.sync.coalesced", ("department", "measured")));
        Assert.Equal(2, Sum(metrics, "flexcrew.sync.contacts", ("department", "measured"), ("change", "added")));
    }

    [Theory]
    [InlineData("22222222-2222-4222-8222-222222222222", "click")]
    [InlineData("retry", "retry")]
    public void A_click_is_told_from_its_retries(string triggeredBy, string trigger) => Assert.Equal(
        2,
        Sum(
            Metrics.Measured(
                () => SyncTelemetry.Record(
                    LogRowsTests.AnyRow with { TriggeredBy = triggeredBy, Department = "told", Status = "failed", DurationMs = 2000 },
                    "granted", 0)),
            "flexcrew.sync.duration", ("department", "told"), ("outcome", "failed"), ("trigger", trigger)));

    [Fact]
    public void The_age_of_a_lease_is_that_of_the_oldest_and_falls_to_zero_when_it_is_free()
    {
        (string, DateTimeOffset)[] held = [("sound", Now.AddSeconds(-20)), ("sound", Now.AddSeconds(-50)), ("lights", Now.AddSeconds(-1))];
        var metrics = Metrics.Measured(() => SyncTelemetry.RecordLeaseAges(held, Now));
        Assert.Equal(50, Sum(metrics, "flexcrew.lease.age", ("department", "sound")));
        Assert.Equal(1, Sum(metrics, "flexcrew.lease.age", ("department", "lights")));

        Assert.Equal(0, Sum(Metrics.Measured(() => SyncTelemetry.RecordLeaseAges([], Now)), "flexcrew.lease.age", ("department", "sound")));
    }

    [Fact]
    public void The_depth_of_the_retry_queue_is_measured() =>
        Assert.Equal(7, Sum(Metrics.Measured(() => SyncTelemetry.RecordQueueDepth(7)), "flexcrew.retry_queue.depth"));

    [Fact]
    public void The_load_on_Flex_is_measured()
    {
        var metrics = Metrics.Measured(() =>
        {
            FlexTelemetry.Observe(() => new FlexLoadReading(Limit: 12, InFlight: 5, LastHour: 100, LastDay: 900));
            FlexTelemetry.RecordObjection("measured");
        });

        Assert.Equal(12, Sum(metrics, "flexcrew.flex.concurrency.limit"));
        Assert.Equal(5, Sum(metrics, "flexcrew.flex.concurrency.in_flight"));
        Assert.Equal(100, Sum(metrics, "flexcrew.flex.requests", ("window", "hour")));
        Assert.Equal(900, Sum(metrics, "flexcrew.flex.requests", ("window", "day")));
        Assert.Equal(1, Sum(metrics, "flexcrew.flex.objections", ("status", "measured")));
    }

    [Fact]
    public void Log_lines_are_exported_with_what_they_belong_to()
    {
        var exported = new List<LogRecord>();
        var services = new ServiceCollection();
        services.AddFlexCrewTelemetry(new ConfigurationBuilder().Build()).WithLogging(logging => logging.AddInMemoryExporter(exported));
        using var provider = services.BuildServiceProvider();
        var logger = provider.GetRequiredService<ILogger<SyncTelemetryTests>>();
        using (logger.BeginScope(new Dictionary<string, object> { ["JobId"] = "a job" }))
            logger.LogWarning("Something happened");

        var scopes = new List<KeyValuePair<string, object?>>();
        Assert.Single(exported).ForEachScope(
            (scope, all) =>
            {
                foreach (var item in scope) all.Add(item);
            },
            scopes);
        Assert.Contains(KeyValuePair.Create("JobId", (object?)"a job"), scopes);
    }

    private static double Sum(IEnumerable<MetricSnapshot> metrics, string name, params (string Key, string Value)[] tags)
    {
        var newest = metrics.Last(metric => metric.Name == name);
        return newest.MetricPoints.Single(point => tags.All(tag => point.Tags().GetValueOrDefault(tag.Key) == tag.Value))
            .Value(newest.MetricType);
    }
}
