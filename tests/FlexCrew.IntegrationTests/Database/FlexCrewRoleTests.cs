using System.Net;
using System.Net.Http.Headers;
using FlexCrew.Database.Checks;
using FlexCrew.Database.Connection;
using FlexCrew.IntegrationTests.EndToEnd;
using Npgsql;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>The role of <c>supabase/roles/flexcrew.sql</c> can do what FlexCrew does, and nothing else.</summary>
public sealed class FlexCrewRoleTests
{
    [Theory]
    [InlineData(SchemaKind.Migrated)]
    [InlineData(SchemaKind.MigratedAdr)]
    public async Task A_whole_sync_works_as_this_role(SchemaKind kind)
    {
        var database = kind == SchemaKind.Migrated
            ? await FlexCrewRole.CreateSupabaseAsync() : await PostgresServer.CreateDatabaseAsync(kind);
        await FlexCrewRole.ApplyAsync(database);
        await using var stage = await Stage.SetAsync(database, 1, null, null, ("SUPABASE_DB_URL", FlexCrewRole.UrlOf(database)));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        Assert.Null((await stage.SyncAsync())["errors"]);
        await stage.UnassignAsync(crew[0].Id);
        var newcomer = await stage.AssignAsync();

        using var ready = await stage.Http.GetAsync(new Uri(stage.Host.BaseUrl, "health?ready"));
        var summary = await stage.SyncAsync();

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Null(summary["errors"]);
        Assert.Equal(1, (int)summary["removed"]!);
        await stage.AssertCrewAsync(crewCall, [.. crew.Skip(1), newcomer]);
        Assert.Equal(["succeeded", "succeeded"], (await stage.LogAsync()).Select(row => row.Status));
        Assert.Equal(0, await database.ScalarAsync<int>("select count(*) from flex_crew_add_intents"));
    }

    [Theory]
    [InlineData(SchemaKind.Migrated)]
    [InlineData(SchemaKind.MigratedAdr)]
    public async Task The_console_reads_as_this_role(SchemaKind kind)
    {
        var database = kind == SchemaKind.Migrated
            ? await FlexCrewRole.CreateSupabaseAsync() : await PostgresServer.CreateDatabaseAsync(kind);
        await FlexCrewRole.ApplyAsync(database);
        await using var stage = await Stage.SetAsync(database, 1, null, null, ("SUPABASE_DB_URL", FlexCrewRole.UrlOf(database)));
        await stage.AddCrewCallAsync();
        await stage.AssignAsync();
        await stage.SyncAsync();

        foreach (
            var path in new[] { "session", $"jobs?job={stage.Job}", $"jobs/{stage.Job}/crew?department=sound", "runs", "stats", "leases" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stage.Host.BaseUrl, $"console/{path}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.For(stage.Manager));
            using var answer = await stage.Http.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public async Task A_run_that_failed_is_retried_as_this_role()
    {
        var database = await FlexCrewRole.CreateSupabaseAsync();
        await FlexCrewRole.ApplyAsync(database);
        await using var stage = await Stage.SetAsync(
            database, 1, null, null, ("SUPABASE_DB_URL", FlexCrewRole.UrlOf(database)),
            ("FlexCrew:RetryPollInterval", "00:00:00.100"), ("FlexCrew:RetrySchedule:0", "00:00:00.200"));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);
        stage.Flex.Faults.Add(FlexSimulator.FlexEndpoint.AddResource, FlexSimulator.Fault.Answer(409), times: 2);

        Assert.NotNull((await stage.SyncAsync())["errors"]);

        await Stage.UntilAsync(() => Task.FromResult(crewCall.Flex.Contacts.Count == 2), "both were added by a retry");
        await Stage.UntilAsync(async () => (await stage.LogAsync()).Count(row => row.Status == "succeeded") == 1, "the retry is logged");
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Theory]
    [InlineData("insert into job_assignments (job_id, technician_id) select job_id, technician_id from job_assignments")]
    [InlineData("update job_assignments set sound_role = null")]
    [InlineData("delete from job_assignments")]
    [InlineData("insert into profiles (id, email) values (gen_random_uuid(), 'a@example.com')")]
    [InlineData("update profiles set role = 'admin'")]
    [InlineData("delete from profiles")]
    [InlineData("update flex_crew_calls set flex_element_id = gen_random_uuid()")]
    [InlineData("delete from flex_crew_calls")]
    [InlineData("update jobs set title = ''")]
    [InlineData("delete from jobs")]
    [InlineData("select * from other")]
    [InlineData("delete from flex_crew_fences")]
    [InlineData("update flex_crew_contacts set placed = true")]
    [InlineData("select * from flex_crew_assignments_duplicates")]
    [InlineData("truncate flex_sync_log")]
    [InlineData("truncate flex_crew_assignments")]
    [InlineData("alter table flex_sync_log add column more text")]
    [InlineData("drop table flex_crew_add_intents")]
    [InlineData("create policy mine on flex_sync_log using (true)")]
    [InlineData("alter table profiles disable row level security")]
    [InlineData("create trigger mine before insert on flex_sync_log for each row execute function suppress_redundant_updates_trigger()")]
    [InlineData("create schema mine")]
    [InlineData("create role mine")]
    [InlineData("alter role flexcrew superuser")]
    [InlineData("alter role flexcrew bypassrls")]
    [InlineData("create database mine")]
    [InlineData("set role service_role")]
    [InlineData("select * from pg_authid")]
    [InlineData("copy flex_sync_log to program 'true'")]
    public async Task It_can_do_nothing_else(string sql)
    {
        await using var database = await FlexCrewRole.CreateSupabaseAsync();
        await database.ExecuteAsync("create table other (n int)");
        await FlexCrewRole.ApplyAsync(database);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await FlexCrewRole.TryAsync(database, sql));
    }

    [Fact]
    public async Task Its_rights_are_those_that_readiness_asks_for_and_to_read_the_titles_of_jobs()
    {
        await using var database = await FlexCrewRole.CreateSupabaseAsync();
        await database.ExecuteAsync("create table other (n int); grant select on other to public");
        await FlexCrewRole.ApplyAsync(database);

        Assert.Equal(
            await database.RowsAsync<string>(
                $"select n.table_name || ': ' || r from {NeededRights.OfAll} as n (place, table_name, rights), unnest(rights) r "
                + "union select 'jobs: select' order by 1"),
            await database.RowsAsync<string>("select table_name || ': ' || lower(privilege_type) from information_schema.role_table_grants where grantee = 'flexcrew' order by 1"));
    }

    [Fact]
    public async Task Running_the_file_again_takes_back_what_was_given_beside_it()
    {
        await using var database = await FlexCrewRole.CreateSupabaseAsync();
        await FlexCrewRole.ApplyAsync(database);
        await database.ExecuteAsync(
            "grant delete on jobs to flexcrew; grant update on profiles to flexcrew; drop policy flexcrew on profiles");

        await FlexCrewRole.ApplyAsync(database);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await FlexCrewRole.TryAsync(database, "delete from jobs"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await FlexCrewRole.TryAsync(database, "update profiles set role = 'admin'"));
        await using var source = DatabaseConnection.Create(FlexCrewRole.UrlOf(database));
        Assert.Null(await new DatabaseReadiness(source).CheckAsync(default));
    }

    [Fact]
    public async Task The_file_wants_the_migrations_first()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Production);

        var error = await Assert.ThrowsAsync<PostgresException>(() => FlexCrewRole.ApplyAsync(database));

        Assert.Contains(
            "The table flex_crew_add_intents is missing: apply the migrations first", error.MessageText, StringComparison.Ordinal);
    }
}
