using System.Net;
using FlexCrew.Flex.CrewCalls;
using FlexCrew.Flex.Resilience;
using FlexCrew.Flex.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FlexCrew.Flex;

/// <summary>Registers the Flex client.</summary>
public static class FlexRegistration
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Registers <see cref="IFlexApi"/> and <see cref="ICrewCallClient"/>, one of each and with them one pipeline for
    /// the process. <see cref="FlexCredentials"/> come from the configuration and <see cref="FlexCrewOptions"/> from the
    /// host, which binds them; resolving either at start shows what is missing.
    /// </summary>
    public static IServiceCollection AddFlexClient(this IServiceCollection services)
    {
        services.AddHttpClient(FlexTransport.ClientName, Configure)
            .ConfigurePrimaryHttpMessageHandler(Handler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddOptions<FlexCrewOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FlexCrewOptions>, FlexOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => FlexCredentials.From(provider.GetRequiredService<IConfiguration>()));
        services.TryAddSingleton<FlexTransport>();
        services.TryAddSingleton<FlexLoad>();
        services.TryAddSingleton<FlexAttempt>();
        services.TryAddSingleton<FlexPipeline>();
        services.TryAddSingleton<IFlexApi, HttpFlexApi>();
        services.TryAddSingleton<ICrewCallClient, CrewCallClient>();
        return services;
    }

    // The pipeline keeps time; the client's own loggers would print headers.
    private static void Configure(HttpClient client)
    {
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestVersion = HttpVersion.Version11;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
    }

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = ConnectionLifetime,
    };
}
