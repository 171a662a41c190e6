using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlexCrew.IntegrationTests.Database;
using FlexSimulator;
using Microsoft.AspNetCore.Builder;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>
/// A stage for one test: a job in a database of its own, a simulated Flex, and LocalHost over HTTP.
/// Tests say what the world is, click, and look at the world.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string FlexToken = "flex-token-for-tests-only";

    private readonly List<RunningHost> hosts = [];
    private readonly Dictionary<string, string?> settings;
    private readonly Action<WebApplicationBuilder>? configure;

    private Stage(
        TestDatabase database, FlexSimulatorServer flex, Guid job, Guid manager, Dictionary<string, string?> settings,
        Action<WebApplicationBuilder>? configure) =>
        (Database, Flex, Job, Manager, this.settings, this.configure) = (database, flex, job, manager, settings, configure);

    public TestDatabase Database { get; }

    public FlexSimulatorServer Flex { get; }

    public Guid Job { get; }

    public Guid Manager { get; }

    public RunningHost Host => hosts[0];

    public IReadOnlyList<RunningHost> Hosts => hosts;

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(3) };

    /// <summary>
    /// Sets up the world and a host with short waits; <paramref name="overrides"/> change its settings,
    /// <paramref name="configure"/> its services.
    /// </summary>
    public static async Task<Stage> SetAsync(
        SchemaKind schema = SchemaKind.Migrated, int hosts = 1, FlexSimulatorOptions? flex = null,
        Action<WebApplicationBuilder>? configure = null, params (string Name, string Value)[] overrides) =>
        await SetAsync(await PostgresServer.CreateDatabaseAsync(schema), hosts, flex, configure, overrides);

    /// <summary>The same on a database that the test made.</summary>
    public static async Task<Stage> SetAsync(
        TestDatabase database, int hosts, FlexSimulatorOptions? flex, Action<WebApplicationBuilder>? configure,
        params (string Name, string Value)[] overrides)
    {
        var simulator = await FlexSimulatorServer.StartAsync(flex ?? new FlexSimulatorOptions());
        simulator.Behaviour.Token = FlexToken;
        var settings = new Dictionary<string, string?>
        {
            ["SUPABASE_DB_URL"] = database.Url,
            ["SUPABASE_URL"] = Tokens.SupabaseUrl,
            ["SUPABASE_JWT_SECRET"] = Tokens.Secret,
            ["X_AUTH_TOKEN"] = FlexToken,
            ["FLEX_API_BASE_URL"] = simulator.BaseUrl,
            ["FlexCrew:FlexAttemptTimeout"] = "00:00:01",
            ["FlexCrew:FlexTotalTimeout"] = "00:00:05",
            ["FlexCrew:FlexRetryDelay"] = "00:00:00.020",
            ["FlexCrew:FlexBreakDuration"] = "00:00:00.500",
            ["FlexCrew:UnknownOutcomeDelays:0"] = "00:00:00.050",
            ["FlexCrew:UnknownOutcomeDelays:1"] = "00:00:00.100",
            ["FlexCrew:StepRetryDelays:0"] = "00:00:00.050",
            ["FlexCrew:RetryPollInterval"] = "01:00:00",
        };
        foreach (var (name, value) in overrides) settings[name] = value;

        var manager = await database.AddTechnicianAsync(role: "management");
        var stage = new Stage(database, simulator, await database.AddJobAsync(), manager, settings, configure);
        for (var i = 0; i < hosts; i++) await stage.AddHostAsync();
        return stage;
    }

    /// <summary>Starts one more host, its services changed as told, else as those of the stage.</summary>
    public async Task<RunningHost> AddHostAsync(Action<WebApplicationBuilder>? configure = null)
    {
        var host = await RunningHost.StartAsync(settings, configure ?? this.configure);
        hosts.Add(host);
        return host;
    }

    /// <summary>Links a department of the job to a new crew call in Flex.</summary>
    public async Task<(Guid Id, CrewCall Flex)> AddCrewCallAsync(string department = "sound")
    {
        var crewCall = Flex.World.CreateCrewCall();
        return (await Database.AddCrewCallAsync(Job, department, crewCall.Id), crewCall);
    }

    /// <summary>Adds a technician with a resource in Flex and assigns them in sound, or as told.</summary>
    public async Task<(Guid Id, string Resource)> AssignAsync(string? sound = "SND-FOH-T", string? lights = null, string? resource = null)
    {
        resource ??= Guid.NewGuid().ToString();
        var id = await Database.AddTechnicianAsync(resource);
        await Database.AssignAsync(Job, id, sound, lights);
        return (id, resource);
    }

    public async Task<IReadOnlyList<(Guid Id, string Resource)>> AssignManyAsync(int count, string sound = "SND-FOH-T")
    {
        var crew = new List<(Guid, string)>();
        for (var i = 0; i < count; i++) crew.Add(await AssignAsync(sound));
        return crew;
    }

    public Task UnassignAsync(Guid technician) => Database.ExecuteAsync(
        "delete from public.job_assignments where job_id = @Job and technician_id = @technician", new { Job, technician });

    /// <summary>
    /// A crew that was synced and has changed since: one of three was taken off the job and somebody else put on it. Answers who is on it.
    /// </summary>
    public async Task<((Guid Id, CrewCall Flex) CrewCall, IReadOnlyList<(Guid Id, string Resource)> Crew)> AddChangedCrewAsync()
    {
        var crewCall = await AddCrewCallAsync();
        var crew = await AssignManyAsync(3);
        await SyncAsync();
        await UnassignAsync(crew[0].Id);
        return (crewCall, [crew[1], crew[2], await AssignAsync()]);
    }

    /// <summary>Clicks: the raw answer.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        object body, int host = 0, string? prefer = null, string route = "sync-flex-crew-for-job")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hosts[host].BaseUrl, route));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.For(Manager));
        if (prefer is not null) request.Headers.Add("Prefer", prefer);
        request.Content = JsonContent.Create(body);
        return await Http.SendAsync(request);
    }

    /// <summary>Clicks and expects 200 with a summary of the department.</summary>
    public async Task<JsonObject> SyncAsync(string department = "sound", bool pruneOrphans = true, int host = 0)
    {
        using var response = await PostAsync(new { job_id = Job, departments = new[] { department }, prune_orphans = pruneOrphans }, host);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 200, $"HTTP {(int)response.StatusCode}: {body}");
        var answer = JsonNode.Parse(body)!.AsObject();
        Assert.True((bool)answer["ok"]!);
        return answer["summary"]![department]!.AsObject();
    }

    /// <summary>Calls manage-flex-crew-assignments, as the web app does: status and body.</summary>
    public async Task<(int Status, JsonObject Body)> CommandAsync(string action, Guid technician, string department = "sound", int host = 0)
    {
        using var response = await PostAsync(
            new { job_id = Job, technician_id = technician, department, action }, host, route: "manage-flex-crew-assignments");
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    /// <summary>Calls it and expects 200; answers the message.</summary>
    public async Task<string> CommandDoneAsync(string action, Guid technician, string department = "sound", int host = 0)
    {
        var (status, body) = await CommandAsync(action, technician, department, host);
        Assert.True(status == 200, $"HTTP {status}: {body}");
        return (string)body["message"]!;
    }

    /// <summary>Waits until the world is as asked, which it must become without a click.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? atMost = null)
    {
        for (var deadline = DateTime.UtcNow + (atMost ?? TimeSpan.FromSeconds(30)); !await condition(); await Task.Delay(50))
            Assert.True(DateTime.UtcNow < deadline, $"It did not come to this: {what}");
    }

    /// <summary>Waits until a run waits for the fence that another one holds; there is one crew call.</summary>
    public Task UntilOneWaitsForTheFenceAsync() => UntilAsync(
        async () =>
            await Database.ScalarAsync<string?>("select next_holder from public.flex_crew_fences") is not null,
            "a run waits for the fence");

    /// <summary>Lets every retry that waits be made at the next tick.</summary>
    public Task MakeRetriesDueAsync() =>
        Database.ExecuteAsync("update public.flex_sync_log set next_retry_at = now() where next_retry_at is not null");

    /// <summary>Waits until the runs that were begun so far have ended: an answer may leave before its run is recorded.</summary>
    public Task RunsEndedAsync() => Task.WhenAll(hosts.Select(host => host.RunsEndedAsync()));

    /// <summary>The rows of the log, oldest first, those of the runs that were begun so far included.</summary>
    public async Task<IReadOnlyList<LogRow>> LogAsync()
    {
        await RunsEndedAsync();
        return await Database.RowsAsync<LogRow>(LogRow.Query);
    }

    /// <summary>Technician → line item, as the table has it.</summary>
    public async Task<IReadOnlyList<(Guid Technician, string? Line)>> RowsAsync(Guid crewCall) =>
        await Database.RowsAsync<(Guid, string?)>(
            "select technician_id, flex_line_item_id::text from public.flex_crew_assignments where crew_call_id = @crewCall order by created_at, id",
            new { crewCall });

    /// <summary>Everybody has exactly one contact, and the row maps it; nobody else is there.</summary>
    public async Task AssertCrewAsync((Guid Id, CrewCall Flex) crewCall, IEnumerable<(Guid Id, string Resource)> crew)
    {
        var expected = crew.ToList();
        Assert.Equal(expected.Select(one => one.Resource).Order(), crewCall.Flex.ResourceIds.Order());
        var rows = await RowsAsync(crewCall.Id);
        Assert.Equal(expected.Select(one => one.Id).Order(), rows.Select(row => row.Technician).Order());
        foreach (var (technician, line) in rows)
            Assert.Equal(expected.First(one => one.Id == technician).Resource, Flex.World.FindLine(line!)?.ResourceId);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts) await host.DisposeAsync();
        Http.Dispose();
        await Flex.DisposeAsync();
        await Database.DisposeAsync();
    }
}
