using Microsoft.Extensions.DependencyInjection;

namespace FlexCrew.Database;

/// <summary>Registers the queries of the console.</summary>
internal static class ConsoleQueries
{
    public static IServiceCollection AddConsoleQueries(this IServiceCollection services) =>
        services.AddSingleton<IJobList, JobList>().AddSingleton<IRunHistory, RunHistory>().AddSingleton<IFenceList, FenceList>();
}
