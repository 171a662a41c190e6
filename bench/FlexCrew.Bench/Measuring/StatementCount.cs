using Dapper;
using Npgsql;

namespace FlexCrew.Bench.Measuring;

/// <summary>
/// The statements that a database has run, by <c>pg_stat_statements</c>; BEGIN, COMMIT and the like are not counted. It asks
/// from the database <c>postgres</c>, so that it does not count itself.
/// </summary>
internal sealed class StatementCount : IAsyncDisposable
{
    private readonly NpgsqlDataSource administration;
    private readonly string database;

    public StatementCount(NpgsqlConnectionStringBuilder connection)
    {
        database = connection.Database!;
        administration = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Database = "postgres" });
    }

    /// <summary>Prepares the server, and tells its version.</summary>
    public async Task<string> BeginAsync()
    {
        await using var connection = await administration.OpenConnectionAsync();
        await connection.ExecuteAsync("create extension if not exists pg_stat_statements");
        return connection.PostgreSqlVersion.ToString(2);
    }

    public async Task<long> ReadAsync()
    {
        await using var connection = await administration.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(
            """
            select coalesce(sum(calls), 0)::bigint from pg_stat_statements
            where dbid = (select oid from pg_database where datname = @database)
            """,
            new { database });
    }

    public ValueTask DisposeAsync() => administration.DisposeAsync();
}
