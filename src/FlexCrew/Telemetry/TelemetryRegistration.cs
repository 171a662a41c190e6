using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace FlexCrew.Telemetry;

/// <summary>Collects the meters and traces of FlexCrew and of Npgsql.</summary>
public static class TelemetryRegistration
{
    /// <summary>The standard setting that names the collector, such as <c>http://127.0.0.1:4317</c>.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Npgsql = "Npgsql";

    /// <summary>
    /// Registers the collection, log lines with their scopes included, and the OTLP exporter where <see cref="OtlpEndpoint"/> is
    /// set.
    /// </summary>
    public static IOpenTelemetryBuilder AddFlexCrewTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<OpenTelemetryLoggerOptions>(options => options.IncludeScopes = true);
        var telemetry = services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(SyncTelemetry.Name, Npgsql))
            .WithMetrics(metrics => metrics.AddMeter(SyncTelemetry.Name, Npgsql));
        return configuration[OtlpEndpoint] is { Length: > 0 } ? telemetry.UseOtlpExporter() : telemetry;
    }
}
