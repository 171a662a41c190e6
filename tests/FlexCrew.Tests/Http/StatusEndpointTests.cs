using System.Text.Json.Nodes;
using FlexCrew.Contract;
using FlexCrew.Tests.Http.Support;

namespace FlexCrew.Tests.Http;

/// <summary>The status of a run, in each of its states and to each who may ask.</summary>
public sealed class StatusEndpointTests : IAsyncLifetime
{
    private const string Path = "/functions/v1/sync-flex-crew-for-job/";
    private const string Id = "0195a1b2c3d47e5f8a9b0c1d2e3f4a5b";

    private SyncHost host = null!;

    public async Task InitializeAsync()
    {
        host = await SyncHost.StartAsync(manualTime: true);
        host.Runs.Duration = null;
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("Pending", 202)]
    [InlineData("Running", 202)]
    [InlineData("Suspended", 202)]
    [InlineData("ContinuedAsNew", 202)]
    [InlineData("Completed", 200)]
    [InlineData("Failed", 200)]
    [InlineData("Canceled", 200)]
    [InlineData("Terminated", 200)]
    public async Task Each_state_has_its_status_code(string state, int status)
    {
        (host.Runs.GoesOnAs, host.Runs.EndsAs) = (state, state);
        await StartAsync(Id, TestUsers.Management.ToString());
        if (status == 200)
            host.Runs.End(Id);

        var answer = await GetAsync(Id);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 202 ? Path + Id : null, answer.Header("location"));
        Assert.Equal(status == 202 ? "2" : null, answer.Header("retry-after"));
        Assert.Equal(state, JsonNode.Parse(answer.Body)!["runtimeStatus"]!.ToString());
    }

    [Fact]
    public async Task Progress_is_shown_word_by_word()
    {
        host.Runs.Progress = new Dictionary<string,
        SyncProgress>
        { ["sound"] = new("adding", 3, 8), ["lights"] = new("waiting for lease") };
        await StartAsync(Id, TestUsers.Management.ToString());
        var answer = await GetAsync(Id);
        Assert.Equal(
            """{"name":"SyncJob","instanceId":"0195a1b2c3d47e5f8a9b0c1d2e3f4a5b","runtimeStatus":"Running","customStatus":{"sound":{"stage":"adding","done":3,"total":8},"lights":{"stage":"waiting for lease","done":0,"total":0}},"output":null,"createdTime":"2026-03-01T12:00:00Z","lastUpdatedTime":"2026-03-01T12:00:00Z"}""",
            answer.Body);
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("22222222-2222-4222-8222-222222222222")]
    [InlineData("")]
    public async Task Anothers_run_cannot_be_told_from_none(string triggeredBy)
    {
        await StartAsync(Id, triggeredBy);
        var (anothers, unknown) = (await GetAsync(Id), await GetAsync("0195a1b2c3d47e5f8a9b0c1d2e3f4a5c"));
        Assert.Equal(404, anothers.Status);
        Assert.Equal((unknown.Status, unknown.Body), (anothers.Status, anothers.Body));
        Assert.Equal(unknown.Headers.Select(header => header.Key), anothers.Headers.Select(header => header.Key));
    }

    [Theory]
    [InlineData(Id, "99999999-9999-4999-8999-999999999999")]
    [InlineData("retry-0195a1b2c3d47e5f8a9b0c1d2e3f4a5b-2", "retry")]
    public async Task An_administrator_sees_every_run_and_nobody_else_sees_one_of_another(string id, string triggeredBy)
    {
        await StartAsync(id, triggeredBy);

        var seen = await GetAsync(id, TestUsers.Admin);

        Assert.Equal((202, id), (seen.Status, (string?)JsonNode.Parse(seen.Body)!["instanceId"]));
        Assert.Equal(404, (await GetAsync(id, TestUsers.OtherManagement)).Status);
        Assert.Equal(403, (await GetAsync(id, TestUsers.Technician)).Status);
    }

    [Theory]
    [InlineData("retry-0195a1b2c3d47e5f8a9b0c1d2e3f4a5b")]
    [InlineData("retry-0195a1b2c3d47e5f8a9b0c1d2e3f4a5b-2:sound")]
    [InlineData("0195a1b2c3d47e5f8a9b0c1d2e3f4a5b:sound")]
    [InlineData("@synclease@aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa:sound")]
    public async Task Ids_of_other_forms_are_never_looked_up(string id)
    {
        await StartAsync(id, TestUsers.Admin.ToString());
        Assert.Equal(404, (await GetAsync(id, TestUsers.Admin)).Status);
    }

    [Theory]
    [InlineData("/functions/v1/sync-flex-crew-for-job/../x")]
    [InlineData("/functions/v1/sync-flex-crew-for-job/%2e%2e/x")]
    [InlineData("/functions/v1/sync-flex-crew-for-job/%2e%2e")]
    [InlineData("/functions/v1/sync-flex-crew-for-job/../../../runtime/webhooks/durabletask/instances")]
    [InlineData("/functions/v1/sync-flex-crew-for-job/a/b/c")]
    [InlineData("/")]
    public async Task Paths_that_lead_elsewhere_lead_nowhere(string path)
    {
        var answer = await host.SendAsync("GET", path, null, host.Bearer(TestUsers.Management));
        Assert.Equal((404, """{"ok":false,"error":"Not found"}"""), (answer.Status, answer.Body));
        Assert.Equal("*", answer.Header("access-control-allow-origin"));
        Assert.NotNull(answer.Header("x-correlation-id"));
    }

    private Task<bool> StartAsync(string id, string triggeredBy) => host.Runs.StartAsync(
        new SyncJobRequest(id, MemoryCrewCalls.Job, ["sound"], true, "correlation", triggeredBy), CancellationToken.None);

    private Task<Contract.RawAnswer> GetAsync(string id, Guid? user = null) =>
        host.SendAsync("GET", Path + id, null, host.Bearer(user ?? TestUsers.Management));
}
