using FlexCrew.Database;
using Npgsql;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>A test with a database of its own, and FlexCrew's data source for it.</summary>
public abstract class DatabaseTest(SchemaKind kind) : IAsyncLifetime
{
    protected TestDatabase Database { get; private set; } = null!;

    protected NpgsqlDataSource Source { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Database = await PostgresServer.CreateDatabaseAsync(kind);
        // More than the default, so that as many statements as a test likes can wait for each other.
        Source = DatabaseConnection.Create($"{Database.Url}?connection_limit=30");
    }

    public async Task DisposeAsync()
    {
        await Source.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Waits until so many statements of this database wait for a lock.</summary>
    protected async Task UntilWaitingForLocksAsync(int count)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < deadline; await Task.Delay(10))
            if (await Database.ScalarAsync<int>(
                    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") >= count)
                return;
        Assert.Fail($"No {count} statements waited for a lock");
    }
}
