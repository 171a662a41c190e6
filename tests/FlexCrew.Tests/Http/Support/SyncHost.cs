using System.Net;
using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Http;
using FlexCrew.Http.Endpoints;
using FlexCrew.Locking;
using FlexCrew.Security;
using FlexCrew.Tests.Http.Contract;
using FlexCrew.Tests.Locking;
using FlexCrew.Tests.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Tests.Http.Support;

/// <summary>The endpoints on a real Kestrel, over ports in memory and an auth server of our own.</summary>
internal sealed class SyncHost : IAsyncDisposable
{
    internal const string JwtSecret = "super-secret-jwt-token-with-at-least-32-characters";

    private readonly WebApplication app;

    private SyncHost(WebApplication app, SupabaseServer supabase) => (this.app, Supabase) = (app, supabase);

    internal SupabaseServer Supabase { get; }

    internal Uri Base => new(app.Urls.Single());

    internal TestUsers Users => (TestUsers)app.Services.GetRequiredService<ICallers>();

    internal MemoryCrewCalls CrewCalls => app.Services.GetRequiredService<MemoryCrewCalls>();

    internal MemoryRuns Runs => (MemoryRuns)app.Services.GetRequiredService<ISyncRuns>();

    internal MemoryLeases Leases => (MemoryLeases)app.Services.GetRequiredService<ILeaseAdministration>();

    internal MemoryFences Fences => (MemoryFences)app.Services.GetRequiredService<IFences>();

    internal Checks Checks => app.Services.GetRequiredService<Checks>();

    internal LogSink Logs => app.Services.GetRequiredService<LogSink>();

    internal ManualTime? Time => app.Services.GetRequiredService<TimeProvider>() as ManualTime;

    internal ContractServer Contract => new(Base, Supabase.Settings.Issuer, JwtSecret, new Dictionary<string, string>
    {
        ["job"] = MemoryCrewCalls.Job.ToString(),
        ["job:unmapped"] = MemoryCrewCalls.UnmappedJob.ToString(),
        ["technician"] = MemoryCrewCalls.Technician.TechnicianId.ToString(),
        ["technician:no_resource"] = MemoryCrewCalls.WithoutResource.TechnicianId.ToString(),
        ["user:management"] = TestUsers.Management.ToString(),
        ["user:other_management"] = TestUsers.OtherManagement.ToString(),
        ["user:admin"] = TestUsers.Admin.ToString(),
        ["user:technician"] = TestUsers.Technician.ToString(),
        ["user:nobody"] = TestUsers.Nobody.ToString(),
    });

    internal static async Task<SyncHost> StartAsync(
        Action<IDictionary<string, string?>>? configure = null, bool manualTime = false, Action<IServiceCollection>? services = null)
    {
        var supabase = await SupabaseServer.StartAsync();
        var settings = new Dictionary<string, string?>
        {
            ["SUPABASE_URL"] = supabase.Settings.Url,
            ["SUPABASE_JWT_SECRET"] = JwtSecret,
            ["SUPABASE_ANON_KEY"] = SupabaseServer.AnonKey,
            ["X_AUTH_TOKEN"] = "flex-token-that-nobody-may-see",
        };
        configure?.Invoke(settings);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<LogSink>().AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<LogSink>());
        builder.Services.AddOptions<FlexCrewOptions>().BindConfiguration(FlexCrewOptions.Section);
        if (manualTime)
            builder.Services.AddSingleton<TimeProvider, ManualTime>();
        AddPorts(builder.Services);
        builder.Services.AddSupabaseSecurity().AddSyncHttp().AddSyncRoutes();
        builder.Services.RemoveAll<ReadinessCheck>();
        foreach (var name in (string[])["database", "flex", "auth"])
            builder.Services.AddSingleton(provider => provider.GetRequiredService<Checks>().Named(name));
        services?.Invoke(builder.Services);

        var app = builder.Build();
        Map(app);
        await app.StartAsync();
        return new SyncHost(app, supabase);
    }

    /// <summary>A header that authorises a user.</summary>
    internal KeyValuePair<string, string> Bearer(Guid user) =>
        KeyValuePair.Create("authorization", $"Bearer {Supabase.Token(user, JwtSecret, Time)}");

    internal Task<RawAnswer> SendAsync(string method, string path, byte[]? body, params KeyValuePair<string, string>[] headers) =>
        RawHttp.SendAsync(Base, method, path, headers, body);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await Supabase.DisposeAsync();
    }

    private static void AddPorts(IServiceCollection services) => services
        .AddSingleton<ICallers, TestUsers>()
        .AddSingleton<MemoryCrewCalls>()
        .AddSingleton<ICrewCalls>(provider => provider.GetRequiredService<MemoryCrewCalls>())
        .AddSingleton<ISyncRuns, MemoryRuns>()
        .AddSingleton<Func<ISyncPlanner>>(() => new EmptyPlanner())
        .AddSingleton<ILeaseAdministration>(provider => new MemoryLeases(provider.GetRequiredService<TimeProvider>().GetUtcNow))
        .AddSingleton<IFences, MemoryFences>()
        .AddSingleton<Checks>();

    private static void Map(WebApplication app)
    {
        var routes = app.MapGroup(Routes.Prefix);
        routes.Map(Routes.Sync, (HttpContext context, SyncEndpoint endpoint) => endpoint.HandleAsync(context));
        routes.Map(Routes.Assignment, (HttpContext context, AssignmentEndpoint endpoint) => endpoint.HandleAsync(context));
        routes.Map(Routes.Status, (HttpContext context, string id, StatusEndpoint endpoint) => endpoint.HandleAsync(context, id));
        routes.Map(Routes.Health, (HttpContext context, HealthEndpoint endpoint) => endpoint.HandleAsync(context));
        routes.Map(Routes.LeaseRelease, (HttpContext context, string job, string department, LeaseReleaseEndpoint endpoint) =>
            endpoint.HandleAsync(context, job, department));
        app.MapFallback((HttpContext context, NotFoundEndpoint endpoint) => endpoint.HandleAsync(context));
    }
}
