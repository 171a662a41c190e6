using FlexCrew.Contract;
using FlexCrew.Hosting;
using FlexCrew.Http;
using FlexCrew.Http.Endpoints;
using FlexCrew.LocalHost.Runs;
using FlexCrew.LocalHost.Web;
using FlexCrew.Locking;
using FlexCrew.Sync;
using FlexCrew.Telemetry;
using OpenTelemetry.Trace;

namespace FlexCrew.LocalHost;

/// <summary>The endpoint in one process, without Azure: for development, demos and tests.</summary>
internal static class LocalHostApp
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(90);

    /// <summary>Builds the app; <paramref name="configure"/> has the last word.</summary>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        configure?.Invoke(builder);

        builder.Services.AddFlexCrew(builder.Configuration).AddSyncRoutes().AddConsoleRoutes();
        // Without a collector nothing is collected: that saves 10 MiB.
        if (builder.Configuration[TelemetryRegistration.OtlpEndpoint] is { Length: > 0 })
        {
            builder.Services.AddFlexCrewTelemetry(builder.Configuration);
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddAspNetCoreInstrumentation(
                requests =>
                    requests.Filter = context => context.Request.Path.Value?.EndsWith(Routes.Health, StringComparison.Ordinal) != true));
        }
        builder.Services.AddSingleton<RetryDispatcher>();
        builder.Services.AddSingleton<InMemoryLeases>();
        builder.Services.AddSingleton<ILeases>(services => services.GetRequiredService<InMemoryLeases>());
        builder.Services.AddSingleton<ILeaseAdministration>(services => services.GetRequiredService<InMemoryLeases>());
        builder.Services.AddSingleton<ILeaseList>(services => services.GetRequiredService<InMemoryLeases>());
        builder.Services.AddSingleton<DevelopmentSignIns>();
        builder.Services.AddSingleton<IDevelopmentSignIns>(services => services.GetRequiredService<DevelopmentSignIns>());
        builder.Services.AddSingleton<DirectSteps>();
        builder.Services.AddSingleton<InProcessRuns>();
        builder.Services.AddSingleton<ISyncRuns>(services => services.GetRequiredService<InProcessRuns>());
        // Stopped in the reverse order: no retry is started any more when running syncs are waited for.
        builder.Services.AddHostedService<DrainOnStop>();
        builder.Services.AddHostedService<RetryWorker>();
        builder.Services.AddHostedService<LogRetentionWorker>();
        builder.Services.AddHostedService<DriftWorker>();

        var app = builder.Build();
        var routes = app.MapGroup(Routes.Prefix);
        routes.Map(Routes.Sync, (HttpContext context, SyncEndpoint endpoint) => endpoint.HandleAsync(context));
        routes.Map(Routes.Assignment, (HttpContext context, AssignmentEndpoint endpoint) => endpoint.HandleAsync(context));
        routes.Map(Routes.Status, (HttpContext context, string id, StatusEndpoint endpoint) => endpoint.HandleAsync(context, id));
        routes.Map(
            Routes.LeaseRelease,
            (HttpContext context, string job, string department, LeaseReleaseEndpoint endpoint) =>
                endpoint.HandleAsync(context, job, department));
        routes.Map(Routes.Health, (HttpContext context, HealthEndpoint endpoint) => endpoint.HandleAsync(context));
        app.MapConsole(routes);
        app.MapFallback((HttpContext context, NotFoundEndpoint endpoint) => endpoint.HandleAsync(context));
        return app;
    }
}
