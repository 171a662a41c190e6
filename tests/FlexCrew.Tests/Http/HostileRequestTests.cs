using System.Net.Sockets;
using System.Text;
using FlexCrew.Tests.Http.Support;
using Xunit.Abstractions;

namespace FlexCrew.Tests.Http;

/// <summary>Requests that mean harm: a clear 4xx, and the server goes on.</summary>
public sealed class HostileRequestTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Path = "/functions/v1/sync-flex-crew-for-job";

    private SyncHost host = null!;

    public async Task InitializeAsync() => host = await SyncHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("x-correlation-id: abcdefgh\r\nset-cookie: stolen=1")]
    [InlineData("x-correlation-id: abcdefgh\nset-cookie: stolen=1")]
    [InlineData("x-correlation-id: abcdefgh\rset-cookie: stolen=1")]
    [InlineData("x-correlation-id: abcdefgh\r\n set-cookie: stolen=1")]
    [InlineData("x-correlation-id: abcdefgh\0")]
    [InlineData("x-correlation-id: abcdefgh\u00e9\u00e9")]
    [InlineData("prefer: respond-async\r\nlocation: https://evil.example")]
    public async Task No_header_can_be_smuggled_into_the_answer(string header)
    {
        var answer = await ExchangeAsync($"GET /functions/v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n\r\n");
        Assert.DoesNotContain("stolen", answer);
        Assert.DoesNotContain("evil", answer);
        Assert.Matches("^HTTP/1.1 (200|400) ", answer);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:99999")]
    [InlineData("evil.example/path?x=")]
    [InlineData("user@evil.example")]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("")]
    public async Task An_odd_Host_header_shows_at_most_to_the_one_who_sent_it(string name)
    {
        var bearer = host.Bearer(TestUsers.Management);
        var body = $$"""{"job_id":"{{MemoryCrewCalls.Job}}"}""";
        var answer = await ExchangeAsync(
            $"POST {Path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\nprefer: respond-async\r\n{bearer.Key}: {bearer.Value}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        Assert.DoesNotContain("<script>", answer);
        if (answer.StartsWith("HTTP/1.1 202", StringComparison.Ordinal))
            Assert.Contains("Location: /functions/v1/", answer);
        else
            Assert.StartsWith("HTTP/1.1 400", answer);
    }

    [Fact]
    public async Task A_body_that_breaks_off_starts_nothing()
    {
        var bearer = host.Bearer(TestUsers.Management);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(host.Base.Host, host.Base.Port);
            var text = $"POST {Path} HTTP/1.1\r\nHost: x\r\n{bearer.Key}: {bearer.Value}\r\nContent-Length: 5000\r\n\r\n{{\"job_id\":\"{MemoryCrewCalls.Job}\"}}";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        }
        var after = await host.SendAsync("GET", "/functions/v1/health", null);
        Assert.Equal(200, after.Status);
        Assert.Empty(host.Runs.Started);
    }

    [Fact]
    public async Task A_broken_chunk_is_a_400_of_ours()
    {
        var bearer = host.Bearer(TestUsers.Management);
        var answer = await ExchangeAsync(
            $"POST {Path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{bearer.Key}: {bearer.Value}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400", answer);
        Assert.Contains("""{"ok":false,"error":"Request body could not be read"}""", answer);
        Assert.Contains("Access-Control-Allow-Origin: *", answer);
    }

    [Theory]
    [InlineData("""{"job_id":1e999999}""", 400)]
    [InlineData("""{"job_id":"JOB","departments":[1e999999]}""", 400)]
    [InlineData("""{"job_id":"JOB","prune_orphans":DIGITS}""", 400)]
    [InlineData("""{"job_id":"JOB","dry_run":-0.0e-99999999999999999999}""", 400)]
    [InlineData("""{"job_id":"JOB","other":DIGITS}""", 200)]
    [InlineData("""{"job_id":"JOB","other":[1e999999,-1E-999999]}""", 200)]
    [InlineData("""{"job_id":"JOB","other":0x10}""", 400)]
    [InlineData("""{"job_id":"JOB","other":-Infinity}""", 400)]
    public async Task A_number_of_any_size_is_a_number_and_never_an_error_of_ours(string body, int status)
    {
        body = body.Replace("JOB", MemoryCrewCalls.Job.ToString(), StringComparison.Ordinal)
            .Replace("DIGITS", new string('9', 50_000), StringComparison.Ordinal);
        var answer = await host.SendAsync("POST", Path, Encoding.UTF8.GetBytes(body), host.Bearer(TestUsers.Management));
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? 1 : 0, host.Runs.Started.Count);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("https://evil.example")]
    [InlineData("https://app.example.evil.example")]
    [InlineData("file://")]
    [InlineData("chrome-extension://abcdefgh")]
    [InlineData("https://evil.example, https://app.example")]
    [InlineData("\"><script>alert(1)</script>")]
    public async Task An_origin_is_never_given_back_and_brings_no_credentials(string origin)
    {
        foreach (var method in (string[])["OPTIONS", "POST", "GET"])
        {
            var answer =
                await host.SendAsync(method, Path, method == "POST" ? "{}"u8.ToArray() : null, KeyValuePair.Create("origin", origin));
            Assert.Equal("*", answer.Header("access-control-allow-origin"));
            Assert.Null(answer.Header("access-control-allow-credentials"));
            Assert.DoesNotContain(
                answer.Headers, header =>
                    header.Value.Contains("evil", StringComparison.Ordinal) || header.Value.Contains("script", StringComparison.Ordinal));
            Assert.DoesNotContain("evil", answer.Body);
        }
    }

    [Theory]
    [InlineData("/leases/JOB/sound%2f..%2fvideo/release", 404)]
    [InlineData("/leases/JOB/@synclease@JOB:sound/release", 404)]
    [InlineData("/leases/JOB:sound/sound/release", 400)]
    [InlineData("/leases/JOB%00/sound/release", 400)]
    [InlineData("/leases/../leases/JOB/sound/release/..", 404)]
    [InlineData("/leases//sound/release", 404)]
    public async Task A_path_that_means_another_lease_frees_none(string path, int status)
    {
        host.Leases[new FlexCrew.Locking.LeaseKey(
            MemoryCrewCalls.Job, "sound")] = new FlexCrew.Locking.LeaseState { Holder = "some-run", Token = 5 };
        var answer =
            await host.SendAsync(
                "POST", Path + path.Replace("JOB", MemoryCrewCalls.Job.ToString(), StringComparison.Ordinal), null,
                host.Bearer(TestUsers.Admin));
        Assert.Equal(status, answer.Status);
        Assert.Equal("some-run", host.Leases[new FlexCrew.Locking.LeaseKey(MemoryCrewCalls.Job, "sound")].Holder);
    }

    [Fact]
    public async Task Random_bodies_are_refused_in_our_words()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var bearer = host.Bearer(TestUsers.Management);
        var valid =
            Encoding.UTF8.GetBytes(
                $$"""{"job_id":"{{MemoryCrewCalls.Job}}","departments":["sound"],"prune_orphans":true,"dry_run":false}""");
        for (var i = 0; i < 400; i++)
        {
            var body = Change(valid, random);
            var answer = await host.SendAsync("POST", Path, body, bearer);
            Assert.True(
                answer.Status is 200 or 400, $"seed {seed}, round {i}: {answer.Status} {answer.Body} to {Encoding.Latin1.GetString(body)}");
            if (answer.Status == 400)
                Assert.Matches(
                    """^\{"ok":false,"error":"(Request body|Missing|job_id|departments|prune_orphans|dry_run)[ A-Za-z0-9,_-]*"\}$""",
                    answer.Body);
        }
    }

    private static byte[] Change(byte[] valid, Random random)
    {
        var body = valid.ToList();
        for (var times = random.Next(1, 4); times > 0 && body.Count > 0; times--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(4))
            {
                case 0:
                    body.RemoveAt(at);
                    break;
                case 1:
                    body.Insert(at, (byte)random.Next(256));
                    break;
                case 2:
                    body[at] = (byte)"{}[]\",:\\0n\0\u00ff"[random.Next(12)];
                    break;
                default:
                    body.RemoveRange(at, body.Count - at);
                    break;
            }
        }
        return [.. body];
    }

    private async Task<string> ExchangeAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Base.Host, host.Base.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var received = new MemoryStream();
        await stream.CopyToAsync(received).WaitAsync(TimeSpan.FromSeconds(30));
        return Encoding.UTF8.GetString(received.ToArray());
    }
}
