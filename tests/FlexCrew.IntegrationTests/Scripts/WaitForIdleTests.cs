using Microsoft.AspNetCore.Http;

namespace FlexCrew.IntegrationTests.Scripts;

/// <summary>What the deployment does before it replaces the program.</summary>
public sealed class WaitForIdleTests
{
    private const string Entity = """{"instanceId":"@crewlease@job:sound","runtimeStatus":"Running"}""";
    private const string Run = """{"name":"SyncJob","instanceId":"0123","runtimeStatus":"Running"}""";

    [Fact]
    public async Task It_waits_until_the_last_orchestration_has_ended_and_does_not_wait_for_entities()
    {
        var asked = 0;
        await using var host = await FakeHost.StartAsync(request =>
        {
            Assert.Equal(("/runtime/webhooks/durabletask/instances", "key"),
                (request.Path.Value, request.Headers["x-functions-key"].ToString()));
            Assert.Contains("Running", request.Query["runtimeStatus"].ToArray());
            Assert.Contains("Pending", request.Query["runtimeStatus"].ToArray());
            return (200, ++asked < 3 ? $"[{Entity},{Run}]" : $"[{Entity}]", null);
        });

        var (code, output) = await WaitAsync(host, "60");

        Assert.True(code == 0, output);
        Assert.Equal(3, asked);
        Assert.Equal("1 orchestrations run|1 orchestrations run|nothing runs|", output.Replace('\n', '|'));
    }

    [Fact]
    public async Task It_looks_at_every_page()
    {
        await using var host = await FakeHost.StartAsync(request => Token(request) switch
        {
            "" => (200, $"[{Entity},{Entity}]", "page2"),
            "page2" => (200, "[]", "page3"),
            _ => (200, $"[{Run},{Run}]", null),
        });

        var (code, output) = await WaitAsync(host, "0");

        Assert.Equal((1, "2 orchestrations run\n"), (code, output));
    }

    [Fact]
    public async Task An_app_that_does_not_tell_is_not_called_idle()
    {
        await using var host = await FakeHost.StartAsync(_ => (401, "", null));

        Assert.Equal(2, (await WaitAsync(host, "0")).Code);
    }

    private static string Token(HttpRequest request) => request.Headers["x-ms-continuation-token"].ToString();

    private static Task<(int Code, string Output)> WaitAsync(FakeHost host, string seconds) =>
        Script.RunAsync("scripts/wait-for-idle", [host.BaseUrl, seconds], ("DURABLE_KEY", "key"), ("WAIT_FOR_IDLE_PAUSE", "1"));
}
