using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Tests.Http.Support;

namespace FlexCrew.Tests.Http;

/// <summary>What <c>manage-flex-crew-assignments</c> answers: callers look for words of the original in <c>message</c>.</summary>
public sealed class AssignmentEndpointTests
{
    private const string ServiceKey = "the-key-of-the-service";

    private static readonly Guid Technician = MemoryCrewCalls.Technician.TechnicianId;

    [Theory]
    [InlineData("add", "Resource added to crew call")]
    [InlineData("remove", "Resource removed from crew call")]
    public async Task A_command_is_run_for_the_one_person(string action, string message)
    {
        await using var host = await SyncHost.StartAsync();

        var (status, body) = await SendAsync(host, Body(action));

        Assert.Equal((200, true, message), (status, (bool)body["success"]!, (string)body["message"]!));
        Assert.Equal(action == "add" ? "line-1" : null, (string?)body["flex_line_item_id"]);
        var request = Assert.Single(host.Runs.Started);
        Assert.Equal(Technician, request.Person!.TechnicianId);
        Assert.Equal(["sound"], request.Departments);
        Assert.False(request.PruneOrphans);
        Assert.Equal(TestUsers.Management.ToString(), request.TriggeredBy);
    }

    [Fact]
    public async Task What_a_run_came_to_is_told_in_the_words_of_the_original()
    {
        await using var host = await SyncHost.StartAsync();

        Assert.Equal("Assignment already exists (role updated if applicable)", await MessageAsync("add", new() { Kept = 1 }));
        Assert.Equal("Technician has no Flex resource ID, skipped API call", await MessageAsync("add", new()));
        Assert.Equal("No assignment to remove", await MessageAsync("remove", new() { Removed = 0 }));

        async Task<string> MessageAsync(string action, DepartmentSummary summary)
        {
            host.Runs.OfCommand = summary;
            return (string)(await SendAsync(host, Body(action))).Body["message"]!;
        }
    }

    [Fact]
    public async Task What_failed_is_an_error_in_a_sentence_and_what_else_is_worth_knowing_is_beside_the_message()
    {
        await using var host = await SyncHost.StartAsync();
        host.Runs.OfCommand = new DepartmentSummary { Errors = ["Add failed for tech 1: Flex answered HTTP 409"] };
        var (status, body) = await SendAsync(host, Body("add"));
        Assert.Equal((500, "Add failed for tech 1: Flex answered HTTP 409"), (status, (string)body["error"]!));

        host.Runs.OfCommand = new DepartmentSummary { Removed = 1, Diagnostics = ["only the row"], BusinessRoleDiagnostics = ["no tier"] };
        (_, body) = await SendAsync(host, Body("remove"));
        Assert.Equal(["only the row", "no tier"], body["diagnostics"]!.AsArray().Select(line => (string)line!));
    }

    [Theory]
    [InlineData("""{"technician_id":"TECH","department":"sound","action":"add"}""", 400, "Missing job_id")]
    [InlineData("""{"job_id":"x","technician_id":"TECH","department":"sound","action":"add"}""", 400, "job_id must be a UUID")]
    [InlineData("""{"job_id":"JOB","department":"sound","action":"add"}""", 400, "Missing technician_id")]
    [InlineData("""{"job_id":"JOB","technician_id":7,"department":"sound","action":"add"}""", 400, "technician_id must be a UUID")]
    [InlineData("""{"job_id":"JOB","technician_id":"TECH","action":"add"}""", 400, "Missing department")]
    [InlineData("""{"job_id":"JOB","technician_id":"TECH","department":[],"action":"add"}""", 400, "department must be a string")]
    [InlineData("""[]""", 400, "Request body must be a JSON object")]
    [InlineData("""{"job_id":"JOB","technician_id":"JOB","department":"sound","action":"bogus"}""", 404, "Technician not found")]
    [InlineData("""{"job_id":"TECH","technician_id":"TECH","department":"sound","action":"bogus"}""", 404, NoCrewCall)]
    [InlineData("""{"job_id":"JOB","technician_id":"TECH","department":"video","action":"add"}""", 404, NoCrewCall)]
    [InlineData("""{"job_id":"JOB","technician_id":"TECH","department":"catering","action":"add"}""", 404, NoCrewCall)]
    [InlineData("""{"job_id":"JOB","technician_id":"TECH","department":" SOUND ","action":"bogus"}""", 400, "Invalid action")]
    [InlineData("""{"job_id":"JOB","technician_id":"TECH","department":"sound"}""", 400, "Invalid action")]
    public async Task What_cannot_be_done_is_refused_in_the_order_of_the_original(string json, int status, string error)
    {
        await using var host = await SyncHost.StartAsync();

        var answer = await SendAsync(host, json.Replace("JOB", MemoryCrewCalls.Job.ToString()).Replace("TECH", Technician.ToString()));

        Assert.Equal((status, error), (answer.Status, (string)answer.Body["error"]!));
        Assert.Single(answer.Body);
        Assert.Empty(host.Runs.Started);
    }

    private const string NoCrewCall = "Crew call not found for this job and department";

    [Fact]
    public async Task Somebody_without_a_resource_id_is_skipped_whatever_the_crew_call()
    {
        await using var host = await SyncHost.StartAsync();

        var (status, body) = await SendAsync(host, Body("add", MemoryCrewCalls.WithoutResource.TechnicianId, department: "video"));

        Assert.Equal((200, "Technician has no Flex resource ID, skipped API call"), (status, (string)body["message"]!));
    }

    [Fact]
    public async Task Without_a_Flex_token_nothing_is_begun()
    {
        await using var host = await SyncHost.StartAsync(settings => settings.Remove("X_AUTH_TOKEN"));

        var (status, body) = await SendAsync(host, Body("add"));

        Assert.Equal((500, "Flex authentication not configured"), (status, (string)body["error"]!));
    }

    [Fact]
    public async Task A_database_that_is_away_is_not_a_technician_who_is_not_found()
    {
        await using var host = await SyncHost.StartAsync();
        host.CrewCalls.Failure = new DatabaseException("people", "timeout", isTransient: true);

        var (status, body) = await SendAsync(host, Body("add"));

        Assert.Equal((500, "Technician and crew call lookup failed"), (status, (string)body["error"]!));
    }

    [Fact]
    public async Task Who_would_rather_not_wait_gets_the_way_to_the_status()
    {
        await using var host = await SyncHost.StartAsync();
        host.Runs.Duration = null;

        var answer = await host.SendAsync(
            "POST", Path, Encoding.UTF8.GetBytes(Body("remove")), host.Bearer(TestUsers.Management),
            KeyValuePair.Create("prefer", "respond-async"));

        var body = JsonNode.Parse(answer.Body)!;
        Assert.Equal((202, true), (answer.Status, (bool)body["success"]!));
        Assert.EndsWith($"/sync-flex-crew-for-job/{body["id"]}", (string)body["statusQueryGetUri"]!);
        foreach (var word in new[] { "skipped", "already exists", "No assignment to remove" })
            Assert.DoesNotContain(word, (string)body["message"]!);
    }

    [Fact]
    public async Task A_service_is_no_user_and_is_refused_while_none_is_configured()
    {
        await using var host = await SyncHost.StartAsync();

        var (status, body) = await SendAsync(host, Body("add"), ServiceKey);

        Assert.Equal((401, "Invalid or expired token"), (status, (string)body["error"]!));
        Assert.Single(body);
    }

    [Fact]
    public async Task The_configured_service_may_place_people_and_nothing_else()
    {
        await using var host = await SyncHost.StartAsync(settings => settings["FlexCrew:ServiceKeySha256"] =
            Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(ServiceKey))));

        Assert.Equal(200, (await SendAsync(host, Body("add"), ServiceKey)).Status);
        Assert.Equal("service", Assert.Single(host.Runs.Started).TriggeredBy);
        Assert.Equal(403, (await SendAsync(host, Body("remove"), ServiceKey)).Status);
        Assert.Equal(401, (await SendAsync(host, Body("add"), ServiceKey + "x")).Status);
        Assert.Equal(200, (await SendAsync(host, Body("remove"))).Status);
        var sync = await host.SendAsync(
            "POST", "/functions/v1/sync-flex-crew-for-job", Encoding.UTF8.GetBytes($$"""{"job_id":"{{MemoryCrewCalls.Job}}"}"""),
            KeyValuePair.Create("authorization", $"Bearer {ServiceKey}"));
        Assert.Equal(401, sync.Status);
    }

    private const string Path = "/functions/v1/manage-flex-crew-assignments";

    private static string Body(string action, Guid? technician = null, string department = "sound") =>
        $$"""{"job_id":"{{MemoryCrewCalls.Job}}","technician_id":"{{technician ?? Technician}}","department":"{{department}}","action":"{{action}}"}""";

    private static async Task<(int Status, JsonObject Body)> SendAsync(SyncHost host, string body, string? key = null)
    {
        var authorization = key is null ? host.Bearer(TestUsers.Management) : KeyValuePair.Create("authorization", $"Bearer {key}");
        var answer = await host.SendAsync("POST", Path, Encoding.UTF8.GetBytes(body), authorization);
        Assert.Equal("*", answer.Header("access-control-allow-origin"));
        return (answer.Status, JsonNode.Parse(answer.Body)!.AsObject());
    }
}
