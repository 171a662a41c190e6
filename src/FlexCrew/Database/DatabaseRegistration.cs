using FlexCrew.Database.Checks;
using FlexCrew.Database.Connection;
using FlexCrew.Database.Crew;
using FlexCrew.Database.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Database;

/// <summary>Registers the database's part of FlexCrew.</summary>
public static class DatabaseRegistration
{
    /// <summary>
    /// Adds the data source, made of the setting <c>SUPABASE_DB_URL</c> when it is first needed, and the queries.
    /// Npgsql logs every statement at level Information: its loggers start at Warning.
    /// </summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services)
    {
        services.AddSingleton(provider => DatabaseConnection.Create(
            provider.GetRequiredService<IConfiguration>()[DatabaseConnection.Setting] is { Length: > 0 } connection
                ? connection
                : throw new InvalidOperationException($"{DatabaseConnection.Setting} is not set"),
            provider.GetService<ILoggerFactory>()));
        services.AddLogging(logging => logging.AddFilter("Npgsql", LogLevel.Warning));
        services.AddSingleton<ICrewCalls, CrewCalls>();
        services.AddSingleton<ICrewReader, CrewReader>();
        services.AddSingleton<ICrewTable, CrewTable>();
        services.AddSingleton<IFences, Fences>();
        services.AddSingleton<IAddJournal, AddJournal>();
        services.AddSingleton<ISyncLog, SyncLog>();
        services.AddSingleton<IActivityLog, ActivityLog>();
        services.AddSingleton<IRetryQueue, RetryQueue>();
        services.AddSingleton<IFlexRequestLog, FlexRequestLog>();
        services.AddSingleton<ILogRetention, LogRetention>();
        services.AddSingleton<IDriftLog, DriftLog>();
        services.AddSingleton<ICallers, Callers>();
        services.AddSingleton<IDatabaseReadiness, DatabaseReadiness>();
        return services;
    }
}
