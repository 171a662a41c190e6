using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Http.Endpoints;
using FlexCrew.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FlexCrew.Http;

/// <summary>Registers the endpoints.</summary>
public static class HttpRegistration
{
    /// <summary>
    /// Adds what the endpoints need, and those that need no runs; the host maps them as <see cref="Routes"/> says. Needs
    /// the security, the ports (<see cref="ICrewCalls"/>, <see cref="IDatabaseReadiness"/>, <see cref="ICrewCallClient"/>)
    /// and the bound <see cref="FlexCrewOptions"/>.
    /// Ports may be scoped: endpoints are made for each request.
    /// </summary>
    public static IServiceCollection AddSyncHttp(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<FlexCrewOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FlexCrewOptions>, PublicBaseUrlValidator>());
        services.AddTransient<HealthEndpoint>();
        services.AddTransient<NotFoundEndpoint>();
        services.AddSingleton<Readiness>();
        services.AddSingleton(provider => new ReadinessCheck("database", cancellation => DatabaseAsync(provider, cancellation)));
        services.AddSingleton(provider => new ReadinessCheck("flex", cancellation => FlexAsync(provider, cancellation)));
        services.AddSingleton(provider => new ReadinessCheck("auth", provider.GetRequiredService<SignInReadiness>().CheckAsync));
        return services;
    }

    /// <summary>
    /// Adds the endpoints that need the host's <see cref="Contract.ISyncRuns"/> and <see cref="Locking.ILeaseAdministration"/>,
    /// for hosts where these are services. The Functions app makes the endpoints itself, with the client of each invocation.
    /// </summary>
    public static IServiceCollection AddSyncRoutes(this IServiceCollection services)
    {
        services.AddTransient<RunStarter>();
        services.AddTransient<SyncEndpoint>();
        services.AddTransient<AssignmentEndpoint>();
        services.AddTransient<StatusEndpoint>();
        services.AddTransient<LeaseReleaseEndpoint>();
        return services;
    }

    private static async Task<string?> DatabaseAsync(IServiceProvider provider, CancellationToken cancellation)
    {
        await using var scope = provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IDatabaseReadiness>().CheckAsync(cancellation);
    }

    private static async Task<string?> FlexAsync(IServiceProvider provider, CancellationToken cancellation)
    {
        if (!FlexCredentials.HasToken(provider.GetRequiredService<IConfiguration>()))
            return FlexTokenSetting.NotConfigured;
        await using var scope = provider.CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<ICrewCallClient>();
        var failure = await client.CheckTokenAsync(new FlexScope(NewId.From(provider.GetRequiredService<TimeProvider>())), cancellation);
        return failure?.Message;
    }
}
