using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using FlexCrew.IntegrationTests.Database;
using FlexCrew.IntegrationTests.EndToEnd;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.Console;

/// <summary>The reads of the console, on a real database and over HTTP. None of them writes anything.</summary>
public sealed class ConsoleReadTests
{
    [Theory]
    [InlineData("console/session")]
    [InlineData("console/jobs")]
    [InlineData("console/jobs/10000000-0000-4000-8000-000000000001/crew?department=sound")]
    [InlineData("console/runs")]
    [InlineData("console/stats")]
    [InlineData("console/leases")]
    public async Task A_read_is_for_management_and_never_cached(string path)
    {
        await using var stage = await Stage.SetAsync();
        var technician = await stage.Database.AddTechnicianAsync();

        Assert.Equal(401, (await AskAsync(stage, path, token: "nonsense")).Status);
        Assert.Equal(401, (await AskAsync(stage, path, token: null)).Status);
        Assert.Equal(403, (await AskAsync(stage, path, Tokens.For(technician))).Status);
        var (status, _, answer) = await AskAsync(stage, path);
        Assert.Contains(status, new[] { 200, 404 });
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task The_session_tells_who_is_signed_in_and_what_they_may()
    {
        await using var stage = await Stage.SetAsync();
        var admin = await stage.Database.AddTechnicianAsync(role: "admin", firstName: "Olga", lastName: "Sanz");

        var session = (await AskAsync(stage, "console/session", Tokens.For(admin))).Body!;

        Assert.Equal(
            ("Olga Sanz", "admin", true), ((string?)session["name"], (string?)session["role"], (bool)session["may_release_leases"]!));
        Assert.False((bool)(await AskAsync(stage, "console/session")).Body!["may_release_leases"]!);
    }

    [Theory]
    [InlineData(SchemaKind.Migrated)]
    [InlineData(SchemaKind.MigratedAdr)]
    public async Task The_list_tells_of_each_department_how_it_stands(SchemaKind schema)
    {
        await using var stage = await Stage.SetAsync(schema);
        await stage.AddCrewCallAsync();
        await stage.AssignManyAsync(2);
        await stage.AssignAsync(sound: null, lights: "LGT-PA-T");

        var before = await DepartmentsAsync(stage);
        Assert.Equal(["sound to_sync 2", "lights no_mapping 1"], before);

        await stage.SyncAsync();

        Assert.Equal(["sound settled 0", "lights no_mapping 1"], await DepartmentsAsync(stage));
    }

    [Fact]
    public async Task A_run_that_failed_and_what_drifted_since_mark_their_department()
    {
        await using var stage = await Stage.SetAsync(overrides: ("FlexCrew:StepRetryDelays:0", "00:00:00.010"));
        await stage.AddCrewCallAsync();
        stage.Flex.Faults.Add(FlexEndpoint.Reads, Fault.Answer(403));
        await stage.SyncAsync();

        Assert.Equal(["sound failed 0"], await DepartmentsAsync(stage));
    }

    [Fact]
    public async Task Jobs_are_found_by_any_part_of_their_title_and_by_their_id()
    {
        await using var stage = await Stage.SetAsync();
        var sale = await stage.Database.AddJobAsync("100 % sale_");
        await stage.Database.AddJobAsync("100 things");

        Assert.Equal([sale], await FoundAsync(stage, "search=" + Uri.EscapeDataString("% SALE_")));
        Assert.Equal([sale], await FoundAsync(stage, "search=" + sale.ToString().ToUpperInvariant()));
        Assert.Equal([sale], await FoundAsync(stage, "job=" + sale));
        Assert.Equal(2, (await FoundAsync(stage, "search=100")).Count);
        Assert.Single(await FoundAsync(stage, "search=100&limit=1"));
        Assert.Empty(await FoundAsync(stage, "job=" + Guid.NewGuid()));
    }

    [Fact]
    public async Task The_crew_is_shown_in_the_three_places_by_one_request_to_Flex_and_without_a_write()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var named = await stage.Database.AddTechnicianAsync("res-1", firstName: "Ana", lastName: "Ruiz");
        await stage.Database.AssignAsync(stage.Job, named, "SND-FOH-T");
        await stage.SyncAsync();
        crewCall.Flex.AddContact("res-1");
        await stage.Database.AddTechnicianAsync("res-2", firstName: "Olga", lastName: "Orphan");
        crewCall.Flex.AddContact("res-2");
        var (lines, rows, log) = (crewCall.Flex.Lines, await stage.RowsAsync(crewCall.Id), await stage.LogAsync());
        stage.Flex.Log.Clear();

        var crew = (await CrewAsync(stage)).Body!;

        Assert.Equal(
            ["Ana Ruiz: duplicate", "Olga Orphan: not_desired"],
            crew["people"]!.AsArray()
                .Select(person =>
                    $"{person!["name"]}: {string.Join(' ', person["differences"]!.AsArray().Select(each => (string)each!["kind"]!))}"));
        Assert.Equal(1, (int)crew["flex_requests"]!);
        Assert.Equal("GET", Assert.Single(stage.Flex.Log.Requests).Method);
        Assert.Equal(lines, crewCall.Flex.Lines);
        Assert.Equal(rows, await stage.RowsAsync(crewCall.Id));
        Assert.Equal(log, await stage.LogAsync());
    }

    [Fact]
    public async Task Where_Flex_cannot_be_read_the_answer_says_why_and_shows_the_rest()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AddCrewCallAsync();
        await stage.AssignManyAsync(2);
        await stage.SyncAsync();
        stage.Flex.Faults.Add(FlexEndpoint.Reads, Fault.HtmlPage());

        var crew = (await CrewAsync(stage)).Body!;

        Assert.StartsWith("Flex listing failed: The Flex token was refused", (string)crew["error"]!, StringComparison.Ordinal);
        Assert.All(crew["people"]!.AsArray(), person =>
        {
            Assert.Single(person!["table"]!.AsArray());
            Assert.Null(person["flex"]);
            Assert.Empty(person["differences"]!.AsArray());
        });
    }

    [Fact]
    public async Task The_history_tells_who_clicked_and_the_names_of_whom_it_speaks()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Database.ExecuteAsync(
            "update public.profiles set first_name = 'Marta', last_name = 'Vidal' where id = @Manager", new { stage.Manager });
        await stage.AddCrewCallAsync();
        var named = await stage.Database.AddTechnicianAsync(Guid.NewGuid().ToString(), firstName: "Ana", lastName: "Ruiz");
        await stage.Database.AssignAsync(stage.Job, named, "SND-FOH-T");
        await stage.SyncAsync();
        await stage.SyncAsync();
        await stage.RunsEndedAsync();

        var history = (await AskAsync(stage, $"console/runs?job={stage.Job}&department=sound")).Body!;

        var runs = history["runs"]!.AsArray();
        Assert.Equal(["=1", "+1 =0"], runs.Select(run => ((int)run!["added"]! > 0 ? $"+{run["added"]} " : "") + $"={run["kept"]}"));
        Assert.All(runs, run => Assert.Equal(("Marta Vidal", "Load-in"), ((string?)run!["triggered_by_name"], (string?)run["job_title"])));
        Assert.Equal("Ana Ruiz", (string?)history["names"]![named.ToString()]);
        var older =
            (await AskAsync(
                stage, $"console/runs?before={Uri.EscapeDataString((string)runs[0]!["started_at"]!)}")).Body!["runs"]!.AsArray();
        Assert.True(older.Count < runs.Count);
        Assert.Empty((await AskAsync(stage, "console/runs?status=failed")).Body!["runs"]!.AsArray());
    }

    [Fact]
    public async Task The_figures_add_up_what_the_runs_cost()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AddCrewCallAsync();
        await stage.AssignManyAsync(2);
        await stage.SyncAsync();
        var cost = (await stage.LogAsync()).Sum(row => row.FlexRequests);

        var stats = (await AskAsync(stage, "console/stats?days=2")).Body!;

        var hours = stats["hours"]!.AsArray();
        Assert.Equal(cost, hours.Sum(hour => (int)hour!["flex_requests"]!));
        Assert.Equal(1, hours.Sum(hour => (int)hour!["succeeded"]!));
        Assert.Equal((2000, 1), ((int)stats["budget_per_hour"]!, stats["durations"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_lease_that_is_held_is_listed_with_its_job_and_marks_it_as_running()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AddCrewCallAsync();
        var held = stage.Flex.Faults.Add(FlexEndpoint.Any, Fault.Hold());
        (await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound" } }, prefer: "respond-async")).Dispose();
        await held.WaitUntilPlayedAsync();

        var lease = Assert.Single((await AskAsync(stage, "console/leases")).Body!["leases"]!.AsArray())!;
        var running = (bool)(await AskAsync(stage, $"console/jobs?job={stage.Job}")).Body!["jobs"]![0]!["departments"]![0]!["running"]!;
        stage.Flex.Faults.Remove(held.Id);

        Assert.Equal(
            (stage.Job.ToString(), "Load-in", "sound", true),
            ((string)lease["job_id"]!, (string)lease["job_title"]!, (string)lease["department"]!, running));
        await Stage.UntilAsync(
            async () => (await AskAsync(stage, "console/leases")).Body!["leases"]!.AsArray().Count == 0, "the lease is free");
    }

    [Theory]
    [InlineData("console/jobs?limit=0", "limit must be a number from 1 to 100")]
    [InlineData("console/jobs?job=7", "job must be a UUID")]
    [InlineData("console/runs?limit=1e3", "limit must be a number from 1 to 200")]
    [InlineData("console/runs?before=yesterday", "before must be a time such as 2026-01-31T12:00:00Z")]
    [InlineData("console/runs?department=carpentry", "Unknown department")]
    [InlineData("console/stats?days=32", "days must be a number from 1 to 31")]
    [InlineData("console/jobs/7/crew?department=sound", "job_id must be a UUID")]
    [InlineData("console/jobs/10000000-0000-4000-8000-000000000001/crew", "Missing department")]
    public async Task A_parameter_that_will_not_do_is_named(string path, string error)
    {
        await using var stage = await Stage.SetAsync();
        var (status, body, _) = await AskAsync(stage, path);
        Assert.Equal((400, error), (status, (string?)body!["error"]));
    }

    private static async Task<IEnumerable<string>> DepartmentsAsync(Stage stage) =>
        (await AskAsync(stage, $"console/jobs?job={stage.Job}")).Body!["jobs"]![0]!["departments"]!.AsArray()
            .Select(department => $"{department!["department"]} {department["state"]} {department["to_add"]}");

    private static async Task<IReadOnlyList<Guid>> FoundAsync(Stage stage, string query) =>
        [.. (await AskAsync(stage, "console/jobs?" + query)).Body!["jobs"]!.AsArray().Select(job => Guid.Parse((string)job!["id"]!))];

    private static Task<(int Status, JsonNode? Body, HttpResponseMessage Answer)> CrewAsync(Stage stage) =>
        AskAsync(stage, $"console/jobs/{stage.Job}/crew?department=sound");

    private static async Task<(int Status, JsonNode? Body, HttpResponseMessage Answer)> AskAsync(
        Stage stage, string path, string? token = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stage.Host.BaseUrl, path));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Length > 0 ? token : Tokens.For(stage.Manager));
        var response = await stage.Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()), response);
    }
}
