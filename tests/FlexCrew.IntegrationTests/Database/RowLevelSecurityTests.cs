using Npgsql;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>The migrations on a database that has Supabase's roles and the function that tells the caller's role.</summary>
public sealed class RowLevelSecurityTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Production);
        await _database.ExecuteAsync(
            """
            alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
            create function public.get_current_user_role() returns public.user_role language sql stable as
              $$ select current_setting('test.role')::public.user_role $$;
            """);
        await _database.ApplyAsync(SqlFiles.Migrations);
        await _database.ExecuteAsync(
            """
            insert into flex_sync_log (job_id, department, instance_id, correlation_id, triggered_by, status, started_at, finished_at)
            values (gen_random_uuid(), 'sound', 'run-1', 'corr-1', 'user', 'succeeded', now(), now())
            """);
    }

    [Theory]
    [InlineData("admin", 1)]
    [InlineData("management", 1)]
    [InlineData("technician", 0)]
    [InlineData("logistics", 0)]
    public async Task Administrators_and_management_read_the_log(string role, int rows) =>
        Assert.Equal(rows, await AsAsync("authenticated", role, "select count(*) from flex_sync_log"));

    [Theory]
    [InlineData("authenticated", "insert into flex_sync_log select * from flex_sync_log")]
    [InlineData("authenticated", "update flex_sync_log set status = 'failed'")]
    [InlineData("authenticated", "delete from flex_sync_log")]
    [InlineData("authenticated", "select count(*) from flex_crew_add_intents")]
    [InlineData("authenticated", "select count(*) from flex_crew_assignments_duplicates")]
    [InlineData("authenticated", "select count(*) from flex_crew_fences")]
    [InlineData("authenticated", "select count(*) from flex_crew_fence_passes")]
    [InlineData("authenticated", "select count(*) from flex_crew_contacts")]
    [InlineData("anon", "select count(*) from flex_sync_log")]
    [InlineData("anon", "select count(*) from flex_crew_add_intents")]
    [InlineData("anon", "select count(*) from flex_crew_assignments_duplicates")]
    [InlineData("anon", "select count(*) from flex_crew_fences")]
    [InlineData("anon", "select count(*) from flex_crew_fence_passes")]
    [InlineData("anon", "select count(*) from flex_crew_contacts")]
    public async Task Nobody_else_reaches_the_tables_through_the_api(string databaseRole, string sql)
    {
        var error = await Assert.ThrowsAsync<PostgresException>(() => AsAsync(databaseRole, "admin", sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    [Theory]
    [InlineData("flex_sync_log", 1)]
    [InlineData("flex_crew_add_intents", 0)]
    [InlineData("flex_crew_assignments_duplicates", 0)]
    [InlineData("flex_crew_fences", 0)]
    [InlineData("flex_crew_fence_passes", 0)]
    [InlineData("flex_crew_contacts", 0)]
    public async Task The_service_role_reads_everything(string table, int rows) =>
        Assert.Equal(rows, await AsAsync("service_role", "admin", $"select count(*) from {table}"));

    [Fact]
    public async Task Migrating_again_and_rolling_back_leave_the_policies_right()
    {
        var migrated = await _database.SchemaAsync();
        await _database.ApplyAsync(SqlFiles.Migrations);
        Assert.Equal(migrated, await _database.SchemaAsync());

        await _database.ApplyAsync(SqlFiles.Rollbacks);
        Assert.Equal(0, await _database.ScalarAsync<int>("select count(*) from pg_policies where schemaname = 'public'"));
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    private async Task<long> AsAsync(string databaseRole, string role, string sql)
    {
        await using var connection = await _database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            $"set local role {databaseRole}; set local test.role = '{role}'; {sql}", connection);
        return (long)(await command.ExecuteScalarAsync() ?? -1L);
    }
}
