using AuditDuplicates;
using FlexCrew.IntegrationTests.Database;
using FlexCrew.IntegrationTests.EndToEnd;
using FlexSimulator;
using Microsoft.Extensions.Configuration;

namespace FlexCrew.IntegrationTests.Audit;

public sealed class AuditTests
{
    [Fact]
    public async Task Duplicates_of_the_older_schema_and_of_flex_are_reported_by_name_and_nothing_is_changed()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Adr);
        await using var flex = await FlexSimulatorServer.StartAsync();
        var (job, element) = (await database.AddJobAsync("Summer tour"), flex.World.CreateCrewCall());
        var crewCall = await database.AddCrewCallAsync(job, "sound", element.Id);
        var (twice, once) = (await database.AddTechnicianAsync("resource-a"), await database.AddTechnicianAsync("resource-b"));
        var first = await database.AddCrewRowAsync(crewCall, twice, element.AddContact("resource-a").Id, "2026-01-01Z");
        var second = await database.AddCrewRowAsync(crewCall, twice, null, "2026-01-02Z");
        await database.AddCrewRowAsync(crewCall, once, element.AddContact("resource-b").Id);
        var byHand = element.AddContact("RESOURCE-A");
        var (lines, rows) = (element.Lines, await RowsAsync(database));

        var (code, report) = await RunAsync(database, flex);

        Assert.Equal(AuditProgram.Found, code);
        foreach (
            var told in new[] { "Summer tour, sound", $"({twice}), 2 rows", $"row {first}", $"row {second}", "2026-01-02 00:00:00",
                $"line item {byHand.Id}", "2 contacts", "mapped by the table" })
            Assert.Contains(told, report, StringComparison.Ordinal);
        Assert.DoesNotContain(once.ToString(), report, StringComparison.Ordinal);
        Assert.Equal(
            "the migration keeps this one", report.Split('\n')
                .Single(line => line.Contains($"row {first}", StringComparison.Ordinal))[^28..]);
        Assert.Equal(lines, element.Lines);
        Assert.Equal(rows, await RowsAsync(database));
        Assert.All(flex.Log.Requests, request => Assert.Equal("GET", request.Method));
    }

    [Fact]
    public async Task After_the_migrations_and_a_sync_there_is_nothing_to_report()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        await stage.SyncAsync();
        crewCall.Flex.AddContact(crew[0].Resource);
        Assert.Equal(AuditProgram.Found, (await RunAsync(stage.Database, stage.Flex)).Code);

        await stage.SyncAsync();

        var (code, report) = await RunAsync(stage.Database, stage.Flex);
        Assert.True(code == AuditProgram.Clean, report);
        Assert.Equal(2, report.Split('\n').Count(line => line.Trim() == "none"));
    }

    [Fact]
    public async Task What_flex_does_not_list_is_not_called_clean()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AddCrewCallAsync();
        stage.Flex.Faults.Add(FlexEndpoint.Any, Fault.HtmlPage());

        var (code, report) = await RunAsync(stage.Database, stage.Flex);

        Assert.Equal(AuditProgram.Unfinished, code);
        Assert.Contains("1 crew calls not audited", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_the_table_is_audited_and_the_audit_is_not_called_finished()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Migrated);

        var (code, report) = await RunAsync(database, null);
        var (tableOnly, _) = await RunAsync(database, null, "--table-only");

        Assert.Equal((AuditProgram.Unfinished, AuditProgram.Clean), (code, tableOnly));
        Assert.Contains("X_AUTH_TOKEN is not set", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_job_that_was_asked_for_is_looked_at()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        crewCall.Flex.AddContact("a");
        crewCall.Flex.AddContact("a");

        Assert.Equal(AuditProgram.Clean, (await RunAsync(stage.Database, stage.Flex, "--job", Guid.NewGuid().ToString())).Code);
        Assert.Equal(AuditProgram.Found, (await RunAsync(stage.Database, stage.Flex, "--job", stage.Job.ToString())).Code);
        Assert.Equal(AuditProgram.Found, (await RunAsync(stage.Database, stage.Flex, "--days", "1")).Code);
        Assert.Equal(AuditProgram.Unfinished, (await RunAsync(stage.Database, stage.Flex, "--days", "none")).Code);
    }

    private static async Task<(int Code, string Report)> RunAsync(TestDatabase database, FlexSimulatorServer? flex, params string[] args)
    {
        var settings = new Dictionary<string, string?> { ["SUPABASE_DB_URL"] = database.Url, ["FlexCrew:FlexRetryDelay"] = "00:00:00.010" };
        if (flex is not null) (settings["FLEX_API_BASE_URL"], settings["X_AUTH_TOKEN"]) = (flex.BaseUrl, Stage.FlexToken);
        await using var output = new StringWriter();
        var code = await AuditProgram.RunAsync(args, new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), output, output);
        return (code, output.ToString().ReplaceLineEndings("\n"));
    }

    private static Task<IReadOnlyList<string>> RowsAsync(TestDatabase database) =>
        database.RowsAsync<string>("select to_jsonb(a)::text from public.flex_crew_assignments a order by id");
}
