using FlexCrew.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FlexCrew.Tests.Telemetry;

/// <summary>
/// What the meters of the product hand to an exporter. Tests that run at the same time share the meters: tell what is yours by its tags.
/// </summary>
internal static class Metrics
{
    public static List<MetricSnapshot> Measured(Action record)
    {
        var exported = new List<MetricSnapshot>();
        var services = new ServiceCollection();
        services.AddFlexCrewTelemetry(new ConfigurationBuilder().Build())
            .WithMetrics(metrics => metrics.AddInMemoryExporter(exported));
        using var provider = services.BuildServiceProvider();
        var meters = provider.GetRequiredService<MeterProvider>();
        record();
        meters.ForceFlush();
        return [.. exported]; // a copy: the provider exports once more when it is disposed of
    }

    public static IReadOnlyDictionary<string, string?> Tags(this MetricPoint point)
    {
        var tags = new Dictionary<string, string?>();
        foreach (var tag in point.Tags) tags[tag.Key] = tag.Value?.ToString();
        return tags;
    }

    public static double Value(this MetricPoint point, MetricType type) => type switch
    {
        MetricType.Histogram => point.GetHistogramSum(),
        MetricType.LongSum => point.GetSumLong(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };
}
