using FlexCrew.Database;
using FlexCrew.Database.Connection;
using FlexCrew.Database.Crew;
using Npgsql;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>A test with a database of its own, and FlexCrew's data source for it.</summary>
public abstract class DatabaseTest(SchemaKind kind) : IAsyncLifetime
{
    /// <summary>So many that a test can hold all of them at a gate.</summary>
    private const int Connections = 30;

    protected TestDatabase Database { get; private set; } = null!;

    protected NpgsqlDataSource Source { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Database = await PostgresServer.CreateDatabaseAsync(kind);
        Source = DatabaseConnection.Create($"{Database.Url}?connection_limit={Connections}");
    }

    public async Task DisposeAsync()
    {
        await Source.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Reads a crew call, and claims its fence for the holder, if one is named.</summary>
    protected Task<CrewReading> ReadAsync(Guid job, string department = "sound", string? holder = null) =>
        new CrewReader(Source).ReadAsync(new CrewQuery(job, department, holder, TimeSpan.FromMinutes(1)), default);

    /// <summary>Claims the fence of a crew call that nobody else holds.</summary>
    protected async Task<FenceHold> ClaimAsync(Guid job, string department = "sound", string holder = "run-1")
    {
        var reading = await ReadAsync(job, department, holder);
        Assert.Equal(holder, reading.Fence!.Holder);
        return new FenceHold(FenceHold.KeyOf(reading.Call!.ElementId), reading.Fence.Token, holder);
    }

    /// <summary>Holds a table until all calls wait at it, then lets them go at once.</summary>
    protected async Task<T[]> AtOnceAsync<T>(string table, int count, Func<int, Task<T>> call)
    {
        await using var connection = await Database.OpenAsync();
        await using var gate = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"lock table {table} in exclusive mode";
        await command.ExecuteNonQueryAsync();
        var calls = Enumerable.Range(0, count).Select(call).ToArray();
        await UntilWaitingForLocksAsync(count);
        await gate.CommitAsync();
        return await Task.WhenAll(calls);
    }

    /// <summary>Waits until so many statements of this database wait for a lock.</summary>
    private async Task UntilWaitingForLocksAsync(int count)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < deadline; await Task.Delay(10))
            if (await Database.ScalarAsync<int>(
                    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") >= count)
                return;
        Assert.Fail($"No {count} statements waited for a lock");
    }
}
