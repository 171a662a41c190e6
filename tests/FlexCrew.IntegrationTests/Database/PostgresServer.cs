using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using FlexCrew.Tests;
using Npgsql;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>
/// The PostgreSQL server of the test process: a private cluster that stops with the process, or the server whose
/// administrator's URL is in <c>FLEXCREW_TEST_DB</c>. Databases are copies of a template for each schema. One whose schema is
/// as it was made is emptied after its test and used again under another name: to copy and to drop one takes longer than most tests.
/// </summary>
public static class PostgresServer
{
    private static readonly string Prefix = $"flexcrew_test_{Environment.ProcessId}_";
    private static readonly ConcurrentDictionary<SchemaKind, Lazy<Task<string>>> Templates = new();
    private static readonly ConcurrentDictionary<SchemaKind, ConcurrentBag<string>> Emptied = new();
    private static readonly Lazy<Task<NpgsqlConnectionStringBuilder>> Server = new(StartAsync);
    private static readonly Lazy<Task<NpgsqlDataSource>> Administrators = new(async () => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder((await ConnectionAsync(null)).ConnectionString) { Pooling = true, MaxPoolSize = 8 }));
    private static int _databases;

    /// <summary>A database of its own for a test or a test class, with the tables of the schema and nothing in them.</summary>
    public static async Task<TestDatabase> CreateDatabaseAsync(SchemaKind kind)
    {
        if (!Emptied.GetOrAdd(kind, _ => []).TryTake(out var name))
        {
            var template = await Templates.GetOrAdd(kind, k => new Lazy<Task<string>>(() => CreateTemplateAsync(k))).Value;
            name = NewName();
            await AdministerAsync($"create database {name} template {template}");
        }

        var database = new TestDatabase(await ConnectionAsync(name));
        await database.RememberSchemaAsync(kind);
        return database;
    }

    /// <summary>
    /// Takes back a database that was emptied. Whatever still runs against it does not find it under its new name, as if it had
    /// been dropped.
    /// </summary>
    internal static async Task ReuseAsync(SchemaKind kind, string name)
    {
        var next = NewName();
        await AdministerAsync($"alter database {name} rename to {next}");
        Emptied[kind].Add(next);
    }

    /// <summary>
    /// The database <c>postgres</c> of a cluster of the test's own, migrated. It goes with its cluster, and keeps what
    /// was committed when the cluster is stopped the hard way.
    /// </summary>
    internal static async Task<TestDatabase> MigrateAsync(LocalCluster cluster)
    {
        var server = FromUrl(cluster.Url);
        await CreateRolesAsync(server);
        var database = new TestDatabase(server, keep: true);
        await database.ApplyAsync([RepositoryFiles.PathOf("supabase", "dev", "schema.sql"), .. SqlFiles.Migrations]);
        await database.ExecuteAsync($"alter database {database.Name} set synchronous_commit = on");
        database.ForgetConnections();
        return database;
    }

    internal static async Task AdministerAsync(string sql)
    {
        await using var command = (await Administrators.Value).CreateCommand(sql);
        command.CommandTimeout = 60;
        await command.ExecuteNonQueryAsync();
    }

    private static string NewName() => $"{Prefix}{Interlocked.Increment(ref _databases)}";

    private static async Task<string> CreateTemplateAsync(SchemaKind kind)
    {
        var name = $"{Prefix}{kind}".ToLowerInvariant();
        await AdministerAsync($"create database {name}");
        await using var database = new TestDatabase(await ConnectionAsync(name), keep: true);
        if (kind is SchemaKind.Production or SchemaKind.Migrated)
            await database.ApplyAsync([RepositoryFiles.PathOf("supabase", "dev", "schema.sql")]);
        if (kind is SchemaKind.Adr or SchemaKind.MigratedAdr)
            await database.ApplyAsync([RepositoryFiles.PathOf("tests", "FlexCrew.IntegrationTests", "Database", "adr-schema.sql")]);
        if (kind is SchemaKind.Migrated or SchemaKind.MigratedAdr)
            await database.ApplyAsync(SqlFiles.Migrations);
        return name;
    }

    private static async Task<NpgsqlConnectionStringBuilder> ConnectionAsync(string? database)
    {
        var builder = new NpgsqlConnectionStringBuilder((await Server.Value).ConnectionString);
        builder.Database = database ?? builder.Database;
        return builder;
    }

    private static async Task<NpgsqlConnectionStringBuilder> StartAsync()
    {
        SqlMapper.ConnectionStringComparer = new AnyConnection();
        var url = Environment.GetEnvironmentVariable("FLEXCREW_TEST_DB");
        if (string.IsNullOrEmpty(url))
        {
            var cluster = await Task.Run(LocalCluster.Create);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Dispose();
            url = cluster.Url;
        }
        else
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => DropAll();
        }

        var server = FromUrl(url);
        await CreateRolesAsync(server);
        return server;
    }

    // Supabase's roles, for all databases of the server. Without them the migrations run in PostgresScriptTests.
    private static async Task CreateRolesAsync(NpgsqlConnectionStringBuilder server)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            do $roles$
            declare
              name text;
            begin
              foreach name in array array['anon', 'authenticated', 'service_role'] loop
                if not exists (select 1 from pg_roles where rolname = name) then
                  execute format('create role %I nologin %s', name, case name when 'service_role' then 'bypassrls' end);
                end if;
              end loop;
            end
            $roles$;
            """,
            connection);
        await command.ExecuteNonQueryAsync();
    }

    private static void DropAll()
    {
        var templates = Templates.Values.Where(t => t.Value.IsCompletedSuccessfully).Select(t => t.Value.Result);
        foreach (var name in templates.Concat(Emptied.Values.SelectMany(names => names)))
            AdministerAsync($"drop database if exists {name} with (force)").GetAwaiter().GetResult();
    }

    private static NpgsqlConnectionStringBuilder FromUrl(string url)
    {
        var uri = new Uri(url);
        var user = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = uri.AbsolutePath.Trim('/'),
            Pooling = false,
            ApplicationName = "FlexCrew tests",
        };
    }

    /// <summary>
    /// Dapper compiles the reading of a query for each connection string anew. Databases of tests have the same columns, and
    /// where they have not Dapper sees it.
    /// </summary>
    private sealed class AnyConnection : IEqualityComparer<string>
    {
        public bool Equals(string? one, string? other) => true;

        public int GetHashCode([DisallowNull] string connection) => 0;
    }
}
