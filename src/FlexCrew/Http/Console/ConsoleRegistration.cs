using FlexCrew.Comparison;
using FlexCrew.Database;
using FlexCrew.Flex;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrew.Http;

/// <summary>Registers the console: its page, its reads and their queries.</summary>
public static class ConsoleRegistration
{
    /// <summary>
    /// Adds what needs nothing of the host. Nothing that needs the Flex token is made before it is asked for, so that a host
    /// without one can say so.
    /// </summary>
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddConsoleQueries();
        services.AddSingleton<Func<ICrewCallClient>>(provider => provider.GetRequiredService<ICrewCallClient>);
        services.AddSingleton<ICrewInspector, CrewInspector>();
        services.AddSingleton<Func<ICrewInspector>>(provider => provider.GetRequiredService<ICrewInspector>);
        services.AddTransient<ConsoleReads>();
        services.AddTransient<ConsoleSiteEndpoint>();
        services.AddTransient<SessionEndpoint>();
        services.AddTransient<CrewEndpoint>();
        services.AddTransient<RunsEndpoint>();
        services.AddTransient<StatsEndpoint>();
        return services;
    }

    /// <summary>Adds the reads that need the host's <see cref="Locking.ILeaseList"/>, for hosts where it is a service.</summary>
    public static IServiceCollection AddConsoleRoutes(this IServiceCollection services) =>
        services.AddTransient<JobsEndpoint>().AddTransient<LeasesEndpoint>();
}
