using FlexCrew.Tests.Http.Support;

namespace FlexCrew.Tests.Http;

/// <summary>Liveness and readiness.</summary>
public sealed class HealthEndpointTests : IAsyncLifetime
{
    private const string Ready = "/functions/v1/health?ready";

    private SyncHost host = null!;

    public async Task InitializeAsync() => host = await SyncHost.StartAsync(manualTime: true);

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Being_alive_checks_nothing()
    {
        await host.SendAsync("GET", "/functions/v1/health", null);
        Assert.Equal(0, host.Checks.Ran);
    }

    [Fact]
    public async Task Being_ready_is_checked_once_in_ten_seconds_however_often_it_is_asked()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => host.SendAsync("GET", Ready, null)));
        host.Time!.Advance(TimeSpan.FromSeconds(9));
        await host.SendAsync("GET", Ready, null);
        Assert.Equal(3, host.Checks.Ran);

        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.SendAsync("GET", Ready, null);
        Assert.Equal(6, host.Checks.Ran);
    }

    [Fact]
    public async Task A_failure_is_told_in_the_answer_and_explained_in_the_log_only()
    {
        host.Checks.Outcomes["database"] = _ => Task.FromResult<string?>("no unique constraint on flex_crew_assignments");
        var answer = await host.SendAsync("GET", Ready, null);
        Assert.Equal(
            (503, """{"status":"unavailable","checks":{"database":"failed","flex":"ok","auth":"ok"}}"""), (answer.Status, answer.Body));
        Assert.Contains("database: no unique constraint on flex_crew_assignments", host.Logs.Text);
    }

    [Fact]
    public async Task HEAD_answers_as_GET_does_without_the_body()
    {
        var (get, head) = (await host.SendAsync("GET", Ready, null), await host.SendAsync("HEAD", Ready, null));
        Assert.Equal((get.Status, ""), (head.Status, head.Body));
        Assert.Equal(get.Header("content-length"), head.Header("content-length"));

        host.Checks.Outcomes["database"] = _ => Task.FromResult<string?>("away");
        host.Time!.Advance(TimeSpan.FromSeconds(10));
        head = await host.SendAsync("HEAD", Ready, null);
        Assert.Equal((503, ""), (head.Status, head.Body));
    }

    [Fact]
    public async Task A_recovery_is_seen_ten_seconds_later()
    {
        host.Checks.Outcomes["flex"] = _ => throw new TimeoutException();
        Assert.Equal(503, (await host.SendAsync("GET", Ready, null)).Status);
        host.Checks.Outcomes.Clear();
        host.Time!.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(200, (await host.SendAsync("GET", Ready, null)).Status);
    }

    [Fact]
    public async Task A_check_that_hangs_has_failed()
    {
        host.Checks.Outcomes["flex"] = _ => new TaskCompletionSource<string?>().Task;
        var answer = await host.SendAsync("GET", Ready, null);
        Assert.Equal(
            (503, """{"status":"unavailable","checks":{"database":"ok","flex":"failed","auth":"ok"}}"""), (answer.Status, answer.Body));
    }
}
