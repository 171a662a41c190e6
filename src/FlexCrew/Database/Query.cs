using Dapper;
using Npgsql;

namespace FlexCrew.Database;

/// <summary>A statement with the name that failures show.</summary>
/// <param name="Name">What it is about, in words: <c>crew rows</c>.</param>
/// <param name="Sql">The SQL. Several statements are sent together: one round trip and one transaction on any pooler.</param>
internal sealed record Query(string Name, string Sql);

/// <summary>Runs a <see cref="Query"/> on a connection of its own.</summary>
internal static class QueryExecution
{
    /// <summary>The rows of the answer.</summary>
    /// <exception cref="DatabaseException">The query failed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static Task<IReadOnlyList<T>> RowsAsync<T>(
        this NpgsqlDataSource source, Query query, object? parameters, CancellationToken cancellation) =>
        source.RunAsync<IReadOnlyList<T>>(
            query, parameters, async (connection, command) => (await connection.QueryAsync<T>(command)).AsList(), cancellation);

    /// <summary>Runs a statement; tells how many rows it changed.</summary>
    /// <exception cref="DatabaseException">The query failed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static Task<int> ExecuteAsync(
        this NpgsqlDataSource source, Query query, object? parameters, CancellationToken cancellation) =>
        source.RunAsync(query, parameters, (connection, command) => connection.ExecuteAsync(command), cancellation);

    /// <summary>Runs several statements in one round trip, which PostgreSQL makes one transaction, and reads the answer of each.</summary>
    /// <exception cref="DatabaseException">The query failed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static Task<T> GridAsync<T>(
        this NpgsqlDataSource source, Query query, object parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancellation) =>
        source.RunAsync(
            query,
            parameters,
            async (connection, command) =>
            {
                await using var grid = await connection.QueryMultipleAsync(command);
                return await read(grid);
            },
            cancellation);

    private static async Task<T> RunAsync<T>(
        this NpgsqlDataSource source,
        Query query,
        object? parameters,
        Func<NpgsqlConnection, CommandDefinition, Task<T>> run,
        CancellationToken cancellation)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return await run(connection, new CommandDefinition(query.Sql, parameters, cancellationToken: cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error) when (DatabaseErrors.Describe(error) is var (reason, isTransient))
        {
            throw new DatabaseException(query.Name, reason, isTransient, error);
        }
    }
}
