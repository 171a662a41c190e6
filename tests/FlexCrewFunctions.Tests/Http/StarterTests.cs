using System.Text;
using System.Text.Json.Nodes;
using FlexCrew;
using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Locking;
using FlexCrew.Planning;
using FlexCrew.Security;
using FlexCrew.Tests;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Http;
using FlexCrewFunctions.Tests.Backend;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Moq;

namespace FlexCrewFunctions.Tests.Http;

/// <summary>The functions behind the routes, over orchestrations that really run.</summary>
public class StarterTests
{
    private static readonly Guid User = new("11111111-1111-4111-8111-111111111111");

    private static readonly Guid Person = Make.Tech(1);

    private readonly MemoryHub hub = new();
    private readonly List<string> answers = [];

    [Fact]
    public async Task A_result_in_time_is_the_answer()
    {
        var (status, body) = await PostAsync();

        Assert.Equal(200, status);
        Assert.Equal(0, body["summary"]!["sound"]!["added"]!.GetValue<int>());
        Assert.Equal(Runs.Job.ToString(), body["job_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_result_that_takes_longer_is_promised_and_found_at_its_link()
    {
        await HoldAsync();
        var (status, promise) = await PostAsync();

        Assert.Equal((202, "sync still running"), (status, promise["summary"]!["sound"]!["note"]!.GetValue<string>()));
        var id = promise["id"]!.GetValue<string>();
        Assert.EndsWith($"/functions/v1/sync-flex-crew-for-job/{id}", promise["statusQueryGetUri"]!.GetValue<string>());

        var (running, progress) = await StatusAsync(id);
        Assert.Equal((202, "waiting for lease"), (running, progress["customStatus"]!["sound"]!["stage"]!.GetValue<string>()));

        await hub.RunAsync();
        var (ended, result) = await StatusAsync(id);
        Assert.Equal((200, "Completed"), (ended, result["runtimeStatus"]!.GetValue<string>()));
        Assert.NotNull(result["output"]!["summary"]!["sound"]);
        AssertNoManagementUrl();
    }

    [Fact]
    public async Task Who_prefers_not_to_wait_is_answered_at_once()
    {
        var (status, promise) = await PostAsync(("Prefer", "respond-async"));

        Assert.Equal(202, status);
        Assert.Equal(new MemoryHub().GetUtcNow(), hub.GetUtcNow());
        Assert.NotNull(hub.Find(promise["id"]!.GetValue<string>()));
        AssertNoManagementUrl();
    }

    [Fact]
    public async Task A_run_that_failed_is_an_error_without_internal_detail()
    {
        hub.Orchestrators["SyncJob"] = new Orchestrator<object, SyncJobResult>(_ => throw new InvalidOperationException("secret detail"));
        var (status, body) = await PostAsync();

        Assert.Equal((500, "Sync failed"), (status, body["error"]!.GetValue<string>()));
        Assert.DoesNotContain("secret", string.Concat(answers));
        AssertNoManagementUrl();
    }

    [Fact]
    public async Task Preflight_and_other_methods_are_answered_by_the_function()
    {
        Assert.Equal(200, await SendAsync("OPTIONS", ""));
        Assert.Equal(405, await SendAsync("GET", ""));
        Assert.Empty(hub.Instances);
    }

    /// <summary>The orchestration of a sync carries it out: the status route knows it, and the log says what it was.</summary>
    [Fact]
    public async Task A_command_for_one_person_is_run_as_an_orchestration()
    {
        hub.Activities.Steps.Plan(new CrewPlan { Additions = [Make.Addition("r1", 1)] });
        var (status, body) = await CommandAsync("add");

        Assert.Equal((200, "Resource added to crew call"), (status, body["message"]!.GetValue<string>()));
        var logged = Assert.Single(hub.Activities.Steps.Logged);
        Assert.Equal(("add", Person, User.ToString()), (logged.Kind, logged.TechnicianId!.Value, logged.TriggeredBy));
        Assert.Null(hub.Entities.State(new LeaseKey(Runs.Job, "sound"))!.LastCompleted);

        var (ended, run) = await StatusAsync(logged.InstanceId);
        Assert.Equal((200, 1), (ended, run["output"]!["summary"]!["sound"]!["added"]!.GetValue<int>()));
        AssertNoManagementUrl();
    }

    [Fact]
    public async Task A_command_that_has_to_wait_for_the_lease_is_answered_by_no_sync()
    {
        await HoldAsync();
        var (status, promise) = await CommandAsync("remove", ("Prefer", "respond-async"));
        Assert.Equal(202, status);
        hub.After(TimeSpan.FromSeconds(2), () => hub.Entities.CallAsync<object>(
            new LeaseKey(Runs.Job, "sound"), "Release",
            new LeaseRelease("other", hub.Entities.State(new LeaseKey(Runs.Job, "sound"))!.Token, true, """{"added":99}""")));

        await hub.RunAsync();

        var (_, run) = await StatusAsync(promise["id"]!.GetValue<string>());
        Assert.Equal(0, run["output"]!["summary"]!["sound"]!["added"]!.GetValue<int>());
        Assert.Equal("remove", Assert.Single(hub.Activities.Steps.Logged).Kind);
    }

    [Fact]
    public async Task An_administrator_frees_a_lease()
    {
        await HoldAsync();
        var context = Request("POST", "");
        var reply = await new OperatorFunctions(Services())
            .ReleaseAsync(context.Request, Runs.Job.ToString(), "sound", new Leases.EntityClient(hub).Client);

        Assert.Equal(200, await AnswerAsync(context, reply));
        Assert.Contains("other", answers[^1]);
        Assert.Null(hub.Entities.State(new LeaseKey(Runs.Job, "sound"))?.Holder);
    }

    private async Task HoldAsync()
    {
        await hub.Entities.CallAsync<object>(new LeaseKey(Runs.Job, "sound"), "TryAcquire", new LeaseRequest("other", true));
        hub.Activities.HolderState = _ => new HolderState(HolderStatus.Running);
    }

    private async Task<(int Status, JsonNode Body)> PostAsync(params (string Name, string Value)[] headers)
    {
        var status = await SendAsync("POST", $$"""{ "job_id": "{{Runs.Job}}", "departments": ["sound"] }""", headers);
        return (status, JsonNode.Parse(answers[^1])!);
    }

    private async Task<(int Status, JsonNode Body)> CommandAsync(string action, params (string Name, string Value)[] headers)
    {
        var context = Request(
            "POST",
            $$"""{ "job_id": "{{Runs.Job}}", "technician_id": "{{Person}}", "department": "sound", "action": "{{action}}" }""",
            headers);
        var backend = new HubClient(hub);
        var reply = await new SyncFunction(Services(backend)).AssignmentAsync(context.Request, backend.Client);
        return (await AnswerAsync(context, reply), JsonNode.Parse(answers[^1])!);
    }

    private async Task<int> SendAsync(string method, string body, params (string Name, string Value)[] headers)
    {
        var context = Request(method, body, headers);
        var backend = new HubClient(hub);
        return await AnswerAsync(context, await new SyncFunction(Services(backend)).RunAsync(context.Request, backend.Client));
    }

    private async Task<(int Status, JsonNode Body)> StatusAsync(string id)
    {
        var context = Request("GET", "");
        var backend = new HubClient(hub);
        var status = await AnswerAsync(context, await new SyncFunction(Services(backend)).StatusAsync(context.Request, id, backend.Client));
        return (status, JsonNode.Parse(answers[^1])!);
    }

    private async Task<int> AnswerAsync(HttpContext context, IActionResult result)
    {
        await result.ExecuteResultAsync(new ActionContext { HttpContext = context });
        answers.AddRange(context.Response.Headers.Select(header => $"{header.Key}: {header.Value}"));
        answers.Add(Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()));
        return context.Response.StatusCode;
    }

    private void AssertNoManagementUrl() => Assert.All(answers, answer =>
    {
        foreach (var trace in (string[])["runtime/webhooks", "code=", "taskHub=", "PostUri", "DeleteUri", "systemKey"])
            Assert.DoesNotContain(trace, answer, StringComparison.OrdinalIgnoreCase);
    });

    private static DefaultHttpContext Request(string method, string body, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Scheme = "https";
        context.Request.Host = new HostString("crew.example");
        context.Request.Path = "/functions/v1/sync-flex-crew-for-job";
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = new MemoryStream();
        foreach (var (name, value) in headers) context.Request.Headers[name] = value;
        return context;
    }

    private ServiceProvider Services(TimeProvider? time = null)
    {
        var authorizer = new Mock<ICallerAuthorizer>();
        authorizer.Setup(a => a.AuthorizeAsync(It.IsAny<StringValues>(), It.IsAny<RequiredRole>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Authorization.Granted(new Caller(User, "admin")));
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(authorizer.Object)
            .AddSingleton(Mock.Of<ICrewCalls>(calls =>
                calls.DepartmentsAsync(Runs.Job, It.IsAny<CancellationToken>()) == Task.FromResult<IReadOnlyList<string>>(
                    new[] { "sound" })
                && calls.PeopleAsync(
                    It.IsAny<IReadOnlyCollection<Guid>>(), It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>())
                == Task.FromResult<IReadOnlyList<PersonRow>>(new[] { new PersonRow(Person, "r1", "Ana") })))
            .AddSingleton(Mock.Of<IFences>())
            .AddSingleton<Func<ISyncPlanner>>(() => Mock.Of<ISyncPlanner>())
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton(hub.Settled)
            .AddSingleton(Runs.Settings)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("X_AUTH_TOKEN", "token")]).Build())
            .AddOptions<FlexCrewOptions>().Services
            .BuildServiceProvider();
    }
}
