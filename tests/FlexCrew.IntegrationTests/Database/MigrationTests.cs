using Npgsql;

namespace FlexCrew.IntegrationTests.Database;

public sealed class MigrationTests
{
    private const string OurKey = "flex_crew_assignments_crew_call_technician_key";

    private static string First => SqlFiles.Migrations[0];

    [Fact]
    public void Every_migration_has_a_rollback_of_the_same_name() =>
        Assert.Equal(
            SqlFiles.Migrations.Select(file => Path.GetFileName(file)),
            SqlFiles.Rollbacks.Reverse().Select(file => Path.GetFileName(file)));

    [Theory]
    [InlineData(SchemaKind.Production)]
    [InlineData(SchemaKind.Adr)]
    public async Task Up_down_and_up_again_ends_where_up_did_and_down_where_it_began(SchemaKind kind)
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(kind);
        await AddCrewAsync(database, duplicates: kind == SchemaKind.Adr);
        var (schema, crew) = (await database.SchemaAsync(), await database.CrewAsync());

        await database.ApplyAsync(SqlFiles.Migrations);
        var (migratedSchema, migratedCrew) = (await database.SchemaAsync(), await database.CrewAsync());
        await database.ApplyAsync(SqlFiles.Rollbacks);

        Assert.Equal(schema, await database.SchemaAsync());
        Assert.Equal(crew, await database.CrewAsync());

        await database.ApplyAsync(SqlFiles.Migrations);

        Assert.Equal(migratedSchema, await database.SchemaAsync());
        Assert.Equal(migratedCrew, await database.CrewAsync());
        Assert.NotEqual(schema, migratedSchema);
    }

    [Theory]
    [InlineData(SchemaKind.Migrated)]
    [InlineData(SchemaKind.MigratedAdr)]
    public async Task A_migrated_database_stays_as_it_is(SchemaKind kind)
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(kind);
        await AddCrewAsync(database, duplicates: false);
        var (schema, crew) = (await database.SchemaAsync(), await database.CrewAsync());

        await database.ApplyAsync(SqlFiles.Migrations);

        Assert.Equal(schema, await database.SchemaAsync());
        Assert.Equal(crew, await database.CrewAsync());
    }

    [Theory]
    [InlineData(SchemaKind.Production)]
    [InlineData(SchemaKind.Adr)]
    public async Task Up_twice_and_down_twice_ends_where_it_began(SchemaKind kind)
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(kind);
        await AddCrewAsync(database, duplicates: false);
        var (schema, crew) = (await database.SchemaAsync(), await database.CrewAsync());

        foreach (var files in new[] { SqlFiles.Migrations, SqlFiles.Migrations, SqlFiles.Rollbacks, SqlFiles.Rollbacks })
            await database.ApplyAsync(files);

        Assert.Equal(schema, await database.SchemaAsync());
        Assert.Equal(crew, await database.CrewAsync());
    }

    [Fact]
    public async Task Rolling_back_what_was_never_migrated_changes_nothing()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Adr);
        var schema = await database.SchemaAsync();

        await database.ApplyAsync(SqlFiles.Rollbacks);

        Assert.Equal(schema, await database.SchemaAsync());
    }

    [Fact]
    public async Task Of_duplicates_the_oldest_stays_and_the_others_are_kept_aside_and_counted()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Adr);
        var call = await database.AddCrewCallAsync(await database.AddJobAsync());
        var (ana, ben, eva) =
            (await database.AddTechnicianAsync(), await database.AddTechnicianAsync(), await database.AddTechnicianAsync());
        await database.AddCrewRowAsync(call, ana, "line-2", "2026-01-02Z");
        await database.AddCrewRowAsync(call, ana, "line-1", "2026-01-01Z");
        await database.AddCrewRowAsync(call, ana, null, "2026-01-03Z");
        await database.AddCrewRowAsync(call, ben, "line-3", "2026-01-01Z");
        var twins = new[] { await database.AddCrewRowAsync(call, eva, "line-4"), await database.AddCrewRowAsync(call, eva, "line-5") };

        var notices = await database.ApplyAsync([First]);

        Assert.Equal(
            [(ana, "line-1"), (ben, "line-3"), (eva, twins[0].CompareTo(twins[1]) < 0 ? "line-4" : "line-5")],
            (await database.RowsAsync<(Guid, string)>("select technician_id, flex_line_item_id from flex_crew_assignments"))
                .OrderBy(row => row.Item2, StringComparer.Ordinal));
        Assert.Equal(
            3, await database.ScalarAsync<int>(
                """
                select count(*) from flex_crew_assignments_duplicates d
                join flex_crew_assignments a on a.id = d.kept_id and a.technician_id = d.technician_id
                where d.removed_row ->> 'id' = d.id::text and d.removed_row ? 'created_at' and d.removed_at <= now()
                """));
        Assert.Contains(
            "FlexCrew: removed 3 duplicate rows of 2 technicians in crew calls; they are kept in flex_crew_assignments_duplicates",
            notices);
    }

    [Fact]
    public async Task A_row_of_unknown_age_is_younger_than_any_other()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Adr);
        var call = await database.AddCrewCallAsync(await database.AddJobAsync());
        var technician = await database.AddTechnicianAsync();
        await database.AddCrewRowAsync(call, technician, "unknown");
        await database.ExecuteAsync("update flex_crew_assignments set created_at = null");
        await database.AddCrewRowAsync(call, technician, "known");

        await database.ApplyAsync([First]);

        Assert.Equal(["known"], await database.RowsAsync<string>("select flex_line_item_id from flex_crew_assignments"));
    }

    [Theory]
    [InlineData(SchemaKind.Production, null, false)]
    [InlineData(SchemaKind.Adr, null, true)]
    [InlineData(SchemaKind.Adr, "create unique index some_name on flex_crew_assignments (technician_id, crew_call_id)", false)]
    [InlineData(
        SchemaKind.Adr,
        "create unique index some_name on flex_crew_assignments (crew_call_id, technician_id) where flex_line_item_id is not null", true)]
    [InlineData(SchemaKind.Adr, "alter table flex_crew_assignments add unique (crew_call_id, technician_id) deferrable", true)]
    [InlineData(SchemaKind.Adr, "create index some_name on flex_crew_assignments (crew_call_id, technician_id)", true)]
    public async Task The_constraint_is_added_only_where_no_equivalent_exists(SchemaKind kind, string? before, bool added)
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(kind);
        if (before is not null)
            await database.ExecuteAsync(before);

        await database.ApplyAsync(SqlFiles.Migrations);

        Assert.Equal(added ? 1 : 0, await database.ScalarAsync<int>($"select count(*) from pg_constraint where conname = '{OurKey}'"));
    }

    [Fact]
    public async Task Where_the_table_is_unique_already_nobody_waits_for_the_migration()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Production);
        await using var reader = await database.OpenAsync();
        await using var reading = await reader.BeginTransactionAsync();
        await LockAsync(reader, "access share");

        await database.ApplyAsync([First]);
    }

    [Fact]
    public async Task A_table_in_use_stops_the_migration_after_seconds_and_nothing_of_it_remains()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Adr);
        var schema = await database.SchemaAsync();
        await using (var reader = await database.OpenAsync())
        {
            await using var reading = await reader.BeginTransactionAsync();
            await LockAsync(reader, "access share");

            var error = await Assert.ThrowsAsync<PostgresException>(() => database.ApplyAsync([First]));

            Assert.Equal(PostgresErrorCodes.LockNotAvailable, error.SqlState);
        }

        Assert.Equal(schema, await database.SchemaAsync());
    }

    [Fact]
    public async Task A_writer_waits_for_the_migration_and_cannot_add_a_duplicate_behind_it()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Adr);
        var call = await database.AddCrewCallAsync(await database.AddJobAsync());
        var technician = await database.AddTechnicianAsync();
        await database.AddCrewRowAsync(call, technician, "line-1");
        await using var migrator = await database.OpenAsync();
        await using var migration = await migrator.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(await File.ReadAllTextAsync(First), migrator);
        await command.ExecuteNonQueryAsync();

        var writer = database.AddCrewRowAsync(call, technician, "line-2");
        await Task.Delay(50);
        Assert.False(writer.IsCompleted);
        await migration.CommitAsync();

        var error = await Assert.ThrowsAsync<PostgresException>(() => writer);
        Assert.Equal((PostgresErrorCodes.UniqueViolation, OurKey), (error.SqlState, error.ConstraintName));
    }

    [Fact]
    public async Task Rolling_back_keeps_a_constraint_that_was_there_before_under_the_same_name()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Adr);
        await database.ExecuteAsync($"alter table flex_crew_assignments add constraint {OurKey} unique (crew_call_id, technician_id)");
        var schema = await database.SchemaAsync();

        await database.ApplyAsync(SqlFiles.Migrations);
        await database.ApplyAsync(SqlFiles.Rollbacks);

        Assert.Equal(schema, await database.SchemaAsync());
    }

    [Fact]
    public async Task Duplicates_that_cannot_go_back_stay_aside_and_those_whose_crew_call_is_gone_go_with_it()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Adr);
        var calls = await AddCrewAsync(database, duplicates: true);
        await database.ApplyAsync(SqlFiles.Migrations);
        await database.ExecuteAsync("create unique index on flex_crew_assignments (crew_call_id, technician_id)");
        await database.ExecuteAsync(
            "delete from flex_crew_assignments where crew_call_id = @gone; delete from flex_crew_calls where id = @gone",
            new { gone = calls[0] });

        await database.ApplyAsync(SqlFiles.Rollbacks);

        Assert.Equal([calls[1]], await database.RowsAsync<Guid>("select crew_call_id from flex_crew_assignments_duplicates"));
        Assert.Equal(0, await database.ScalarAsync<int>($"select count(*) from pg_constraint where conname = '{OurKey}'"));
    }

    private static async Task<Guid[]> AddCrewAsync(TestDatabase database, bool duplicates)
    {
        var calls = new Guid[2];
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] = await database.AddCrewCallAsync(await database.AddJobAsync());
            var technician = await database.AddTechnicianAsync();
            for (var copy = 0; copy < (duplicates ? 2 : 1); copy++)
                await database.AddCrewRowAsync(calls[i], technician, Guid.NewGuid().ToString(), $"2026-01-01 08:00:00.12345{copy}Z");
        }

        return calls;
    }

    private static async Task LockAsync(NpgsqlConnection connection, string mode)
    {
        await using var command = new NpgsqlCommand($"lock table flex_crew_assignments in {mode} mode", connection);
        await command.ExecuteNonQueryAsync();
    }
}
