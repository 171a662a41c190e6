using Dapper;
using Npgsql;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>A test's own database, and the test's own way to look into it. Disposing drops it, or empties it for another test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder _connection;
    private readonly NpgsqlDataSource _source;
    private readonly bool _keep;
    private (SchemaKind Kind, string Fingerprint)? _made;

    internal TestDatabase(NpgsqlConnectionStringBuilder connection, bool keep = false)
    {
        _connection = connection;
        var builder = new NpgsqlDataSourceBuilder(
            new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Pooling = true, MaxPoolSize = 50 }.ConnectionString);
        // Tests read built-in types. To load those of each database takes as long as many a test.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        _source = builder.Build();
        _keep = keep;
    }

    /// <summary>The name of the database.</summary>
    public string Name => _connection.Database!;

    /// <summary>
    /// The URL, as <c>SUPABASE_DB_URL</c> takes it. With <c>FLEXCREW_TEST_POOLER</c> set (<c>host:port</c>) it leads
    /// through that pooler, so that everything FlexCrew does can be tried on one.
    /// </summary>
    public string Url
    {
        get
        {
            var password = _connection.Password is { } secret ? $":{Uri.EscapeDataString(secret)}" : "";
            var server = Environment.GetEnvironmentVariable("FLEXCREW_TEST_POOLER") ?? $"{_connection.Host}:{_connection.Port}";
            return $"postgres://{Uri.EscapeDataString(_connection.Username!)}{password}@{server}/{Name}";
        }
    }

    /// <summary>The test's own connections.</summary>
    internal NpgsqlDataSource Source => _source;

    /// <summary>An open connection of the test's own.</summary>
    public ValueTask<NpgsqlConnection> OpenAsync() => _source.OpenConnectionAsync();

    /// <summary>Makes new connections of the test's own: the old ones are of a server that was stopped, or have old settings.</summary>
    public void ForgetConnections() => _source.Clear();

    public async Task<int> ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await OpenAsync();
        return await connection.ExecuteAsync(sql, parameters);
    }

    public async Task<T?> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await OpenAsync();
        return await connection.ExecuteScalarAsync<T>(sql, parameters);
    }

    public async Task<IReadOnlyList<T>> RowsAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await OpenAsync();
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    /// <summary>
    /// Runs SQL files, each as one pipeline of statements without a transaction block, which is the strictest way in
    /// which the Supabase CLI runs migrations. Returns the notices.
    /// </summary>
    public async Task<IReadOnlyList<string>> ApplyAsync(IEnumerable<string> files)
    {
        var notices = new List<string>();
        await using var connection = await OpenAsync();
        connection.Notice += (_, notice) => notices.Add(notice.Notice.MessageText);
        foreach (var file in files)
        {
            await using var command = new NpgsqlCommand(await File.ReadAllTextAsync(file), connection);
            await command.ExecuteNonQueryAsync();
        }

        return notices;
    }

    /// <summary>Notes what the schema is, so that disposing knows whether the test has changed it.</summary>
    internal async Task RememberSchemaAsync(SchemaKind kind) =>
        _made = (kind, (await ScalarAsync<string>(DatabaseReuse.Fingerprint))!);

    public async ValueTask DisposeAsync()
    {
        var isEmptied = !_keep && await IsEmptiedAsync();
        await _source.DisposeAsync();
        if (_keep) return;
        if (!isEmptied || !await IsTakenBackAsync())
            await PostgresServer.AdministerAsync($"drop database if exists {Name} with (force)");
    }

    // A test may leave connections that are broken, or a server that is gone.
    private async Task<bool> IsEmptiedAsync()
    {
        if (_made is not { } made) return false;
        try
        {
            await using var connection = await OpenAsync();
            await connection.ExecuteAsync(DatabaseReuse.EndOtherSessions);
            if (await connection.ExecuteScalarAsync<string>(DatabaseReuse.Fingerprint) != made.Fingerprint) return false;
            await connection.ExecuteAsync(DatabaseReuse.Empty);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    // Whoever came back to it in between keeps it from being renamed.
    private async Task<bool> IsTakenBackAsync()
    {
        try
        {
            await PostgresServer.ReuseAsync(_made!.Value.Kind, Name);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
