using FlexCrew.Database;
using FlexCrew.Security;
using FlexCrew.Tests.Http.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace FlexCrew.Tests.Security;

/// <summary>The security as a host registers it, before an auth server of our own, with a clock that is moved by hand.</summary>
internal sealed class AuthBench : IAsyncDisposable
{
    internal const string JwtSecret = SyncHost.JwtSecret;

    private readonly ServiceProvider services;

    private AuthBench(ServiceProvider services, SupabaseServer supabase) => (this.services, Supabase) = (services, supabase);

    internal SupabaseServer Supabase { get; }

    internal ManualTime Time => (ManualTime)services.GetRequiredService<TimeProvider>();

    internal TestUsers Users => (TestUsers)services.GetRequiredService<ICallers>();

    internal LogSink Logs => services.GetRequiredService<LogSink>();

    internal static async Task<AuthBench> StartAsync(Action<IDictionary<string, string?>>? configure = null)
    {
        var supabase = await SupabaseServer.StartAsync();
        var settings = new Dictionary<string, string?>
        {
            ["SUPABASE_URL"] = supabase.Settings.Url + "/",
            ["SUPABASE_JWT_SECRET"] = JwtSecret,
            ["SUPABASE_ANON_KEY"] = SupabaseServer.AnonKey,
        };
        configure?.Invoke(settings);
        var collection = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider, ManualTime>()
            .AddSingleton<ICallers, TestUsers>()
            .AddSingleton<LogSink>()
            .AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<LogSink>())
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace))
            .AddSupabaseSecurity();
        collection.AddOptions<FlexCrewOptions>().BindConfiguration(FlexCrewOptions.Section);
        // A server that hangs is to be given up sooner than in production; one that works may be slow on a busy machine.
        collection.AddHttpClient(SupabaseAuthClient.Name).ConfigureHttpClient(client =>
            client.Timeout = TimeSpan.FromSeconds(supabase is { KeysFault: null, UserFault: null } ? 30 : 1));
        return new AuthBench(collection.BuildServiceProvider(), supabase);
    }

    /// <summary>A valid HS256 token of the user in management, as changed.</summary>
    internal string Token(Action<System.Text.Json.Nodes.JsonObject>? change = null) =>
        Supabase.Token(TestUsers.Management, JwtSecret, Time, change);

    internal Task<Authorization> AuthorizeAsync(string token, RequiredRole role = RequiredRole.Management) =>
        AuthorizeHeaderAsync("Bearer " + token, role);

    internal Task<Authorization> AuthorizeHeaderAsync(StringValues header, RequiredRole role = RequiredRole.Management) =>
        services.GetRequiredService<ICallerAuthorizer>().AuthorizeAsync(header, role, CancellationToken.None);

    internal async Task AssertAcceptedAsync(string token) => Assert.IsType<Authorization.Granted>(await AuthorizeAsync(token));

    internal async Task AssertRefusedAsync(string token) =>
        Assert.Equal(new Authorization.Denied(401, "Invalid or expired token"), await AuthorizeAsync(token));

    /// <summary>Supabase did not answer: that is not the caller's fault.</summary>
    internal async Task AssertUndecidedAsync(string token) => Assert.Equal(
        new Authorization.Denied(503, "Supabase did not answer, so the token could not be checked; try again in a minute"),
        await AuthorizeAsync(token));

    /// <summary>What readiness says of signing in; null when it can be done.</summary>
    internal Task<string?> CheckAsync() => services.GetRequiredService<SignInReadiness>().CheckAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Supabase.DisposeAsync();
    }
}
