using System.Data;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace FlexCrew.Database.Connection;

/// <summary>A statement with the name that failures show.</summary>
/// <param name="Name">What it is about, in words: <c>crew rows</c>.</param>
/// <param name="Sql">The SQL. Several statements are sent together: one round trip and one transaction on any pooler.</param>
internal sealed partial record Query(string Name, string Sql)
{
    /// <summary>
    /// Whether the statement certainly changes nothing, so that it may be sent again: it begins with <c>select</c> or
    /// <c>with</c>, has no word of a change in it and calls no function of the database's own, which might change something.
    /// </summary>
    public bool IsRead { get; } = Beginning().IsMatch(Sql) && !Change().IsMatch(Texts().Replace(Sql, ""));

    [GeneratedRegex(@"\A\s*(select|with)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Beginning();

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Texts();

    [GeneratedRegex(
        @"\b(insert|update|delete|merge|truncate|lock|nextval|setval|set_config|pg_notify)\b|\bpublic\.\w+\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex Change();
}

/// <summary>Runs a <see cref="Query"/> on a connection of its own.</summary>
/// <remarks>
/// A connection may have died in the pool, and only using it tells. A read is then sent once more on a new connection, so
/// that a click does not fail of it. A statement that writes is not: nobody knows whether it was done. But whoever finds a
/// dead connection empties the pool, since the others died with it, and a click begins with reads.
/// </remarks>
internal static class QueryExecution
{
    /// <summary>
    /// Seconds that the first sending of a read may take. A connection that the network forgot answers nothing at all, and
    /// every read of FlexCrew takes milliseconds. The second sending has the whole time of the connection string.
    /// </summary>
    private const int FirstWaitSeconds = 2;

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
        this NpgsqlDataSource source, Query query, object parameters, Func<SqlMapper.GridReader, Task<T>> read,
        CancellationToken cancellation) =>
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
        CommandDefinition Command(int? seconds) => new(query.Sql, parameters, commandTimeout: seconds, cancellationToken: cancellation);
        try
        {
            if (query.IsRead && await source.TryAsync(connection => run(connection, Command(FirstWaitSeconds)), cancellation) is { } answer)
                return answer.Value;
            return await source.SendAsync(connection => run(connection, Command(null)), cancellation);
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

    /// <summary>The answer; null when the connection turned out to be dead, or told nothing in the time of the first sending.</summary>
    private static async Task<Answer<T>?> TryAsync<T>(
        this NpgsqlDataSource source, Func<NpgsqlConnection, Task<T>> run, CancellationToken cancellation)
    {
        var isOpen = false;
        try
        {
            return new(await source.SendAsync(
                connection =>
                {
                    isOpen = true;
                    return run(connection);
                },
                cancellation));
        }
        catch (Exception error) when (isOpen && !cancellation.IsCancellationRequested && DatabaseErrors.IsLostConnection(error))
        {
            return null;
        }
    }

    private static async Task<T> SendAsync<T>(
        this NpgsqlDataSource source, Func<NpgsqlConnection, Task<T>> run, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            return await run(connection);
        }
        finally
        {
            if (connection.State != ConnectionState.Open)
                source.Clear();
        }
    }

    private sealed record Answer<T>(T Value);
}
