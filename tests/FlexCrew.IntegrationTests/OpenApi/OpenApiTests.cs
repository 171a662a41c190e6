using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FlexCrew.IntegrationTests.Database;
using FlexCrew.IntegrationTests.EndToEnd;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.OpenApi;

/// <summary>The document and LocalHost say the same: every answer is documented, and everything documented is answered.</summary>
public sealed class OpenApiTests
{
    private const string Sync = "sync-flex-crew-for-job";
    private const string Command = "manage-flex-crew-assignments";
    private static readonly string[] Sound = ["sound"];

    /// <summary>Only hosts whose runs can be ended from outside tell the id of a run that failed as a whole.</summary>
    private static readonly string[] NotOfThisHost = ["Error/properties/id"];

    private readonly OpenApiDocument document = new();

    [Fact]
    public async Task Every_documented_answer_is_given_as_documented()
    {
        await using var stage = await Stage.SetAsync(overrides: ("FlexCrew:StepRetryDelays:0", "00:00:00.010"));
        var crewCall = await stage.AddCrewCallAsync();
        await SyncsAsync(stage, crewCall);
        await ConsoleAsync(stage, crewCall);
        await CommandsAsync(stage);
        await RunsAsync(stage);
        await LeasesAsync(stage);
        await HealthAsync(stage);
        await RefusalsAsync(stage);
        await FailuresAsync(stage);

        Assert.Empty(document.Promised.Except(document.Answered));
        Assert.Equal(NotOfThisHost, document.NeverSeen.Order());
    }

    [Fact]
    public void The_request_schema_takes_its_examples_and_refuses_what_the_endpoint_refuses()
    {
        var body = document.Root["paths"]!["/" + Sync]!["post"]!["requestBody"]!["content"]!["application/json"]!;
        foreach (var (name, example) in body["examples"]!.AsObject())
            Assert.True(document.Problems(example!["value"], "SyncRequest").Count == 0, name);
        string[] wrongs =
        [
            "{}", "[]", """{"job_id":"12"}""",
            $$"""{"job_id":"{{Guid.Empty}}","departments":"sound"}""",
            $$"""{"job_id":"{{Guid.Empty}}","dry_run":1}""",
        ];
        foreach (var wrong in wrongs)
            Assert.NotEmpty(document.Problems(JsonNode.Parse(wrong), "SyncRequest"));

        const string Right = $$"""{"job_id":"{{Id}}","technician_id":"{{Id}}","department":"sound","action":"add"}""";
        Assert.Empty(document.Problems(JsonNode.Parse(Right), "AssignmentRequest"));
        foreach (var (given, wrong) in new[] { ("add", "replace"), ("sound", ""), (Id, "12") })
            Assert.NotEmpty(document.Problems(JsonNode.Parse(Right.Replace(given, wrong)), "AssignmentRequest"));
    }

    private const string Id = "00000000-0000-0000-0000-000000000001";

    [Fact]
    public void References_lead_somewhere_and_operations_have_names_of_their_own()
    {
        var operations = new List<string>();
        Visit(document.Root);
        Assert.Equal(operations.Distinct(), operations);
        Assert.Equal(12, operations.Count);

        void Visit(JsonNode? node)
        {
            if (node is JsonObject map)
            {
                document.Resolve(map);
                if (map["operationId"] is { } id) operations.Add((string)id!);
                // A format that the validator does not know would be taken for right.
                if (map["format"] is JsonValue format) Assert.Contains((string)format!, new[] { "uuid", "uri", "date-time" });
                foreach (var (_, value) in map) Visit(value);
            }
            else if (node is JsonArray list)
            {
                foreach (var item in list) Visit(item);
            }
        }
    }

    private async Task SyncsAsync(Stage stage, (Guid Id, CrewCall Flex) crewCall)
    {
        var named = await stage.Database.AddTechnicianAsync(Guid.NewGuid().ToString(), firstName: "Nora", lastName: "Neu");
        await stage.Database.AssignAsync(stage.Job, named, "SND-FOH-T");
        var assigned = await stage.AssignAsync("no code");
        crewCall.Flex.AddContact(assigned.Resource);
        crewCall.Flex.AddContact(Guid.NewGuid().ToString());
        await stage.Database.AssignAsync(stage.Job, await stage.Database.AddTechnicianAsync(), "SND-FOH-T");
        await PostAsync(stage, new { job_id = stage.Job, departments = Sound, dry_run = true });
        await PostAsync(stage, new { job_id = stage.Job });
        await stage.UnassignAsync(named);
        await stage.AssignAsync();
        await PostAsync(stage, new { job_id = stage.Job, departments = Sound, dry_run = true });
        stage.Flex.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(409), times: 1);
        await PostAsync(stage, new { job_id = stage.Job, departments = Sound });
        await PostAsync(stage, new { job_id = stage.Job, departments = new[] { "lights", "none" } });

        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(40);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PostAsync(stage, new { job_id = stage.Job, departments = Sound })));
        stage.Flex.Behaviour.Latency = TimeSpan.Zero;
    }

    private async Task CommandsAsync(Stage stage)
    {
        var (known, _) = await stage.AssignAsync("no code");
        var without = await stage.Database.AddTechnicianAsync();
        foreach (var (technician, action) in new[]
                 {
                     (known, "add"), (known, "add"), (known, "remove"), (known, "remove"), (without, "add"), (known, "bogus"),
                     (Guid.NewGuid(), "add"),
                 })
            await CommandAsync(stage, technician, action);
        await CommandAsync(stage, known, "add", department: "catering");
        var held = stage.Flex.Faults.Add(FlexEndpoint.Any, Fault.Hold());
        var accepted = await CommandAsync(stage, known, "add", prefer: "respond-async");
        await held.WaitUntilPlayedAsync();
        stage.Flex.Faults.Remove(held.Id);
        await Stage.UntilAsync(async () =>
            (string?)(await SendAsync(stage, HttpMethod.Get, $"{Sync}/{(string)accepted["id"]!}"))!["runtimeStatus"] == "Completed",
            "the command is carried out");
    }

    private async Task<JsonNode> CommandAsync(
        Stage stage, Guid technician, string action, string department = "sound", string? prefer = null)
    {
        using var response = await stage.PostAsync(
            new { job_id = stage.Job, technician_id = technician, department, action }, prefer: prefer, route: Command);
        await document.CheckAsync(response);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private async Task RunsAsync(Stage stage)
    {
        var held = stage.Flex.Faults.Add(FlexEndpoint.Any, Fault.Hold());
        var accepted = await PostAsync(stage, new { job_id = stage.Job, departments = Sound }, prefer: "respond-async");
        var status = $"{Sync}/{(string)accepted["id"]!}";
        await held.WaitUntilPlayedAsync();
        await SendAsync(stage, HttpMethod.Get, status);
        await stage.Database.ExecuteAsync("update public.flex_crew_fences set next_holder = 'next:sound', next_seen_at = now()");
        await SendAsync(stage, HttpMethod.Get, "console/leases");
        await SendAsync(stage, HttpMethod.Post, $"{Sync}/leases/{stage.Job}/sound/release", user: await AdminAsync(stage));
        stage.Flex.Faults.Remove(held.Id);
        await Stage.UntilAsync(async () =>
            (string?)(await SendAsync(stage, HttpMethod.Get, status))!["runtimeStatus"] == "Completed", "the run has ended");
        await SendAsync(stage, HttpMethod.Get, $"{Sync}/{new string('0', 32)}");
    }

    private async Task ConsoleAsync(Stage stage, (Guid Id, CrewCall Flex) crewCall)
    {
        await stage.Database.ExecuteAsync("update public.profiles set first_name = 'Marta' where id = @Manager", new { stage.Manager });
        await stage.Database.ExecuteAsync(
            """
            insert into public.flex_sync_log
              (job_id, department, instance_id, correlation_id, triggered_by, status, errors, started_at, finished_at)
            values (@Job, 'sound', 'drift', 'drift-check', 'drift', 'drift', '{"differences":[{"kind":"duplicate"}]}', now(), now());
            insert into public.flex_sync_log
              (job_id, department, instance_id, correlation_id, triggered_by, status, next_retry_at, started_at, finished_at)
            values (@Job, 'sound', 'waiting', 'waiting-for-retry', 'retry', 'failed', now() + interval '1 hour', now(), now());
            update public.jobs set status = 'Confirmado' where id = @Job
            """,
            new { stage.Job });
        var known = Guid.NewGuid().ToString();
        await stage.Database.AddTechnicianAsync(known, firstName: "Olga", lastName: "Orphan");
        crewCall.Flex.AddContact(known);
        foreach (var path in new[] { "session", "jobs", $"jobs/{stage.Job}/crew?department=sound", "runs", "stats", "leases" })
            await SendAsync(stage, HttpMethod.Get, $"console/{path}");

        stage.Flex.Faults.Add(FlexEndpoint.Reads, Fault.Answer(403), times: 9);
        await SendAsync(stage, HttpMethod.Get, $"console/jobs/{stage.Job}/crew?department=sound");
        await stage.Flex.Faults.ClearAsync();
        await SendAsync(stage, HttpMethod.Get, $"console/jobs/{Guid.NewGuid()}/crew?department=sound");
        foreach (var wrong in new[] { "jobs?limit=0", $"jobs/{stage.Job}/crew", "runs?job=7", "stats?days=0" })
            await SendAsync(stage, HttpMethod.Get, $"console/{wrong}");
    }

    private async Task LeasesAsync(Stage stage)
    {
        var admin = await AdminAsync(stage);
        await SendAsync(stage, HttpMethod.Post, $"{Sync}/leases/{stage.Job}/lights/release", user: admin);
        await SendAsync(stage, HttpMethod.Post, $"{Sync}/leases/{stage.Job}/carpentry/release", user: admin);
        await SendAsync(stage, HttpMethod.Post, $"{Sync}/leases/7/sound/release", user: admin);
        await SendAsync(stage, HttpMethod.Post, $"{Sync}/leases/{stage.Job}/sound/release");
    }

    private async Task HealthAsync(Stage stage)
    {
        await SendAsync(stage, HttpMethod.Get, "health", token: null);
        await SendAsync(stage, HttpMethod.Get, "health?ready", token: null);
        await SendAsync(stage, HttpMethod.Head, "health?ready", token: null);
        await stage.Flex.Faults.GoDownAsync(OutageKind.ServiceUnavailable);
        await using var other = await stage.AddHostAsync();
        using var unready = await stage.Http.GetAsync(new Uri(other.BaseUrl, "health?ready"));
        Assert.Equal(503, (int)unready.StatusCode);
        await document.CheckAsync(unready);
        using var probe = new HttpRequestMessage(HttpMethod.Head, new Uri(other.BaseUrl, "health?ready"));
        using var silent = await stage.Http.SendAsync(probe);
        await document.CheckAsync(silent);
        await stage.Flex.Faults.GoUpAsync();
    }

    private async Task RefusalsAsync(Stage stage)
    {
        var technician = await stage.Database.AddTechnicianAsync();
        string[] routes =
        [
            $"POST {Sync}", $"POST {Command}", $"GET {Sync}/{new string('0', 32)}", $"POST {Sync}/leases/{stage.Job}/sound/release", "GET health",
            .. ConsoleReads(stage).Select(path => $"GET {path}"),
        ];
        foreach (var (method, path) in routes.Select(route => route.Split(' ')).Select(parts => (new HttpMethod(parts[0]), parts[1])))
        {
            if (path != "health")
            {
                await SendAsync(stage, method, path, token: "nonsense");
                // Signed by a key that nobody can look up: the key server of these tests is not there.
                await SendAsync(stage, method, path, token: "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ.e30.AAAA");
                await SendAsync(stage, method, path, user: technician);
            }

            await SendAsync(stage, HttpMethod.Options, path, token: null);
            await SendAsync(stage, HttpMethod.Delete, path);
        }

        foreach (var body in new[] { "", "{", "{}", """{"job_id":"12"}""", "[]", new string(' ', 70_000) })
        {
            await SendAsync(stage, HttpMethod.Post, Sync, body: body);
            await SendAsync(stage, HttpMethod.Post, Command, body: body);
        }
    }

    private async Task FailuresAsync(Stage stage)
    {
        await stage.Database.ExecuteAsync("alter table public.flex_crew_calls rename to away");
        await PostAsync(stage, new { job_id = stage.Job });
        await CommandAsync(stage, stage.Manager, "add");
        await stage.Database.ExecuteAsync("alter table public.profiles rename to profiles_away");
        await PostAsync(stage, new { job_id = stage.Job });
        await SendAsync(stage, HttpMethod.Get, $"{Sync}/{new string('0', 32)}");
        await SendAsync(stage, HttpMethod.Post, $"{Sync}/leases/{stage.Job}/sound/release");
        foreach (var path in ConsoleReads(stage))
            await SendAsync(stage, HttpMethod.Get, path);
    }

    private static string[] ConsoleReads(Stage stage) =>
        ["console/session", "console/jobs", $"console/jobs/{stage.Job}/crew", "console/runs", "console/stats", "console/leases"];

    private static Task<Guid> AdminAsync(Stage stage) => stage.Database.AddTechnicianAsync(role: "admin");

    private async Task<JsonNode> PostAsync(Stage stage, object body, string? prefer = null)
    {
        using var response = await stage.PostAsync(body, prefer: prefer);
        await document.CheckAsync(response);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private async Task<JsonNode?> SendAsync(
        Stage stage, HttpMethod method, string path, string? token = "", Guid? user = null, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(stage.Host.BaseUrl, path));
        if (token is not null)
            request.Headers.Authorization =
                new AuthenticationHeaderValue("Bearer", token.Length > 0 ? token : Tokens.For(user ?? stage.Manager));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await stage.Http.SendAsync(request);
        await document.CheckAsync(response);
        return method != HttpMethod.Head && response.Content.Headers.ContentType?.MediaType == "application/json"
            ? JsonNode.Parse(await response.Content.ReadAsStringAsync())
            : null;
    }
}
