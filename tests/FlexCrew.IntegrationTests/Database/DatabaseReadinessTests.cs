using System.Net;
using System.Net.Sockets;
using FlexCrew.Database;
using FlexCrew.Database.Checks;
using FlexCrew.Database.Connection;
using FlexCrew.Database.Crew;

namespace FlexCrew.IntegrationTests.Database;

public sealed class DatabaseReadinessTests
{
    private const string NotUnique =
        "flex_crew_assignments is not unique by (crew_call_id, technician_id): apply the migration 20261122100000_unique_crew_assignments.";

    [Theory]
    [InlineData(SchemaKind.Migrated, null)]
    [InlineData(SchemaKind.MigratedAdr, null)]
    [InlineData(SchemaKind.Production, "The table flex_sync_log is missing: apply the migration 20261122100100_flex_sync_log.")]
    [InlineData(SchemaKind.Adr, NotUnique)]
    [InlineData(SchemaKind.Empty, "The table flex_crew_calls is missing: SUPABASE_DB_URL does not point at the database of the jobs.")]
    public async Task A_database_is_ready_when_it_is_migrated(SchemaKind kind, string? sentence)
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(kind);

        Assert.Equal(sentence, await CheckAsync(database));
    }

    [Theory]
    [InlineData(
        "drop table flex_crew_add_intents",
        "The table flex_crew_add_intents is missing: apply the migration 20261122100200_flex_crew_add_intents.")]
    [InlineData(
        "alter table flex_crew_add_intents drop column element",
        "The column element of flex_crew_add_intents is missing: apply the migration 20261126140000_flex_crew_add_intents_key.")]
    [InlineData("drop table flex_sync_log", "The table flex_sync_log is missing: apply the migration 20261122100100_flex_sync_log.")]
    [InlineData(
        "drop table flex_crew_fences", "The table flex_crew_fences is missing: apply the migration 20261125100000_flex_crew_fences.")]
    [InlineData(
        "drop table flex_crew_contacts", "The table flex_crew_contacts is missing: apply the migration 20261125100000_flex_crew_fences.")]
    [InlineData(
        "drop table job_assignments", "The table job_assignments is missing: SUPABASE_DB_URL does not point at the database of the jobs.")]
    [InlineData("alter table flex_crew_assignments drop constraint flex_crew_assignments_crew_call_technician_key", NotUnique)]
    public async Task What_is_missing_is_named(string sql, string sentence)
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.MigratedAdr);
        await database.ExecuteAsync(sql);

        Assert.Equal(sentence, await CheckAsync(database));
    }

    [Theory]
    [InlineData("create unique index on flex_crew_assignments (crew_call_id, technician_id)", true)]
    [InlineData("create unique index on flex_crew_assignments (technician_id, crew_call_id)", true)]
    [InlineData("create unique index on flex_crew_assignments (technician_id, crew_call_id) include (id)", true)]
    [InlineData("alter table flex_crew_assignments add constraint a_name unique (technician_id, crew_call_id)", true)]
    [InlineData("alter table flex_crew_assignments add unique (crew_call_id, technician_id) deferrable", false)]
    [InlineData("create unique index on flex_crew_assignments (crew_call_id, technician_id) where flex_line_item_id is not null", false)]
    [InlineData("create unique index on flex_crew_assignments (crew_call_id, technician_id, flex_line_item_id)", false)]
    [InlineData("create unique index on flex_crew_assignments (crew_call_id) include (technician_id)", false)]
    [InlineData("create unique index on flex_crew_assignments (crew_call_id, (technician_id::text))", false)]
    [InlineData("create index on flex_crew_assignments (crew_call_id, technician_id)", false)]
    public async Task A_unique_key_counts_exactly_when_the_upsert_can_use_it(string sql, bool equivalent)
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.MigratedAdr);
        await database.ExecuteAsync(
            "alter table flex_crew_assignments drop constraint flex_crew_assignments_crew_call_technician_key");
        await database.ExecuteAsync(sql);
        var job = await database.AddJobAsync();
        var call = await database.AddCrewCallAsync(job, "sound", "element");
        var technician = await database.AddTechnicianAsync();
        await using var source = DatabaseConnection.Create(database.Url);

        var reading = await new CrewReader(source).ReadAsync(new CrewQuery(job, "sound", "run", TimeSpan.FromMinutes(1)), default);
        var add = new AddClaim(new FenceHold("element", reading.Fence!.Token, "run"), call, "res-1", [new AddedTechnician(technician, null, null)]);

        var upsert = await Record.ExceptionAsync(() => new AddJournal(source).CompleteAsync(add, "line-1", true, default));

        Assert.Equal(equivalent ? null : NotUnique, await CheckAsync(database));
        Assert.Equal(equivalent, upsert is null);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_in_one_sentence_without_the_password()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var source = DatabaseConnection.Create($"postgres://ana:Secret1@127.0.0.1:{port}/jobs");

        Assert.Equal(
            "Database query 'readiness' failed (connection refused).", await new DatabaseReadiness(source).CheckAsync(default));
    }

    private static async Task<string?> CheckAsync(TestDatabase database)
    {
        await using var source = DatabaseConnection.Create(database.Url);
        return await new DatabaseReadiness(source).CheckAsync(default);
    }
}
