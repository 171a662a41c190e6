using System.Net.Sockets;
using System.Text;
using FlexCrew.Tests.Http.Support;

namespace FlexCrew.Tests.Http;

/// <summary>What a request starts, beyond what its answer shows.</summary>
public sealed class SyncEndpointTests : IAsyncLifetime
{
    private const string Path = "/functions/v1/sync-flex-crew-for-job";

    private SyncHost host = null!;

    public async Task InitializeAsync() => host = await SyncHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task The_run_gets_what_the_request_says_and_who_said_it()
    {
        var answer = await PostAsync(
            $$"""{"job_id":"{{MemoryCrewCalls.Job.ToString().ToUpperInvariant()}}","departments":["Lights","sound"],"prune_orphans":false}""",
            KeyValuePair.Create("x-correlation-id", "click-0123"));

        Assert.Equal(200, answer.Status);
        var run = Assert.Single(host.Runs.Started);
        Assert.Matches("^[0-9a-f]{32}$", run.InstanceId);
        Assert.Equal(["lights", "sound"], run.Departments);
        Assert.Equal(
            run with
            {
                JobId = MemoryCrewCalls.Job,
                PruneOrphans = false,
                CorrelationId = "click-0123",
                TriggeredBy = TestUsers.Management.ToString(),
                Attempt = 1
            },
            run);
    }

    [Fact]
    public async Task Pruning_is_the_default()
    {
        await PostAsync($$"""{"job_id":"{{MemoryCrewCalls.Job}}"}""");
        var run = Assert.Single(host.Runs.Started);
        Assert.True(run.PruneOrphans);
    }

    [Fact]
    public async Task A_correlation_id_is_made_when_none_is_sent_and_given_to_the_run()
    {
        var answer = await PostAsync($$"""{"job_id":"{{MemoryCrewCalls.Job}}"}""");
        Assert.Equal(answer.Header("x-correlation-id"), Assert.Single(host.Runs.Started).CorrelationId);
    }

    [Fact]
    public async Task Each_request_is_a_run_of_its_own()
    {
        for (var i = 0; i < 5; i++)
            await PostAsync($$"""{"job_id":"{{MemoryCrewCalls.Job}}"}""");
        Assert.Equal(5, host.Runs.Started.Select(run => run.InstanceId).Distinct().Count());
    }

    [Theory]
    [InlineData("""{"job_id":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa","departments":["catering"]}""")]
    [InlineData("""{"job_id":"job-1"}""")]
    [InlineData("{")]
    public async Task Nothing_to_do_and_nothing_understood_starts_nothing(string body)
    {
        await PostAsync(body);
        Assert.Empty(host.Runs.Started);
    }

    [Fact]
    public async Task Departments_of_a_job_that_are_unknown_to_us_are_left_out()
    {
        host.CrewCalls.Mapped[MemoryCrewCalls.Job] = ["catering", "VIDEO", "sound"];
        await PostAsync($$"""{"job_id":"{{MemoryCrewCalls.Job}}"}""");
        Assert.Equal(["sound", "video"], Assert.Single(host.Runs.Started).Departments);
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Terminated")]
    [InlineData("Canceled")]
    public async Task A_run_that_did_not_complete_is_a_500_without_internals(string status)
    {
        host.Runs.EndsAs = status;
        var answer = await PostAsync($$"""{"job_id":"{{MemoryCrewCalls.Job}}"}""");
        var run = Assert.Single(host.Runs.Started);
        Assert.Equal((500, $$"""{"ok":false,"error":"Sync failed","id":"{{run.InstanceId}}"}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task A_run_that_was_started_is_told_with_its_id_although_its_status_cannot_be_read()
    {
        host.Runs.WaitFailure = new InvalidOperationException("the backend is away");
        var answer = await PostAsync($$"""{"job_id":"{{MemoryCrewCalls.Job}}"}""");
        Assert.Equal(202, answer.Status);
        Assert.Contains($"\"id\":\"{Assert.Single(host.Runs.Started).InstanceId}\"", answer.Body);
        Assert.DoesNotContain("away", answer.Body);
    }

    [Fact]
    public async Task The_preferred_wait_is_kept_to()
    {
        host.Runs.Duration = null;
        var asked = TimeProvider.System.GetTimestamp();
        var answer = await PostAsync($$"""{"job_id":"{{MemoryCrewCalls.Job}}"}""", KeyValuePair.Create("prefer", "wait=1"));
        Assert.Equal(202, answer.Status);
        Assert.InRange(TimeProvider.System.GetElapsedTime(asked).TotalSeconds, 0.9, 20);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_does_not_end_the_run()
    {
        host.Runs.Duration = null;
        var body = Encoding.UTF8.GetBytes($$"""{"job_id":"{{MemoryCrewCalls.Job}}"}""");
        var bearer = host.Bearer(TestUsers.Management);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(host.Base.Host, host.Base.Port);
            var head = $"POST {Path} HTTP/1.1\r\nHost: x\r\n{bearer.Key}: {bearer.Value}\r\nContent-Length: {body.Length}\r\n\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head).Concat(body).ToArray());
            await host.Runs.FirstWait.Task.WaitAsync(TimeSpan.FromSeconds(10));
        }
        await Until(() => host.Logs.Text.Contains("The caller has gone"));

        var run = Assert.Single(host.Runs.Started);
        Assert.False(host.Runs.HasEnded(run.InstanceId));
        Assert.DoesNotContain(host.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        host.Runs.End(run.InstanceId);
        var status = await host.SendAsync("GET", $"{Path}/{run.InstanceId}", null, bearer);
        Assert.Equal(200, status.Status);
    }

    private Task<Contract.RawAnswer> PostAsync(string body, params KeyValuePair<string, string>[] headers) =>
        host.SendAsync("POST", Path, Encoding.UTF8.GetBytes(body), [host.Bearer(TestUsers.Management), .. headers]);

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
            await Task.Delay(10, patience.Token);
    }
}
