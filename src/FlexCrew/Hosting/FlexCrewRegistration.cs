using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Drift;
using FlexCrew.Flex;
using FlexCrew.Http;
using FlexCrew.Security;
using FlexCrew.Sync;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FlexCrew.Hosting;

/// <summary>Registers all of FlexCrew but what is the host's: runs, leases and the way steps are called.</summary>
public static class FlexCrewRegistration
{
    /// <summary>Registers it, with the options of the section <c>FlexCrew</c>, validated at start.</summary>
    public static IServiceCollection AddFlexCrew(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FlexCrewOptions>().Bind(configuration.GetSection(FlexCrewOptions.Section)).ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<FlexCrewOptions>>().Value);
        services.AddSingleton(provider => FlowSettings.From(provider.GetRequiredService<FlexCrewOptions>()));
        return services.AddFlexClient().AddDatabase().AddSupabaseSecurity().AddSync().AddDrift().AddSyncHttp().AddConsole();
    }

    /// <summary>
    /// What of the configuration is missing or wrong, one line each; none when the host may start. A missing Flex token
    /// is no reason not to start: the endpoint and readiness say so.
    /// </summary>
    public static IReadOnlyList<string> Problems(IConfiguration configuration) =>
    [
        .. DatabaseSettings.Problems(configuration),
        .. SettingsValidation.Problems(configuration),
        .. FlexCredentials.Problems(configuration),
        .. TuningSettings.Problems(configuration),
    ];
}
