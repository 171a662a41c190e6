using System.Text;
using System.Text.RegularExpressions;
using FlexCrew.Database;
using FlexCrew.Locking;
using FlexCrew.Tests.Http.Contract;
using FlexCrew.Tests.Http.Support;

namespace FlexCrew.Tests.Http;

/// <summary>What nobody foresaw ends as a plain 500, and is in the log.</summary>
public sealed class UnexpectedFailureTests : IAsyncLifetime
{
    private const string Path = "/functions/v1/sync-flex-crew-for-job";
    private const string Detail = "relation \"profiles\" at postgres://service:password@db";

    private SyncHost host = null!;

    public async Task InitializeAsync() => host = await SyncHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("roles")]
    [InlineData("departments")]
    [InlineData("start")]
    [InlineData("leases")]
    public async Task It_says_no_more_than_the_correlation_id(string where)
    {
        var failure = new InvalidOperationException(Detail);
        switch (where)
        {
            case "roles":
                host.Users.Failure = failure;
                break;
            case "departments":
                host.CrewCalls.Failure = failure;
                break;
            case "start":
                host.Runs.StartFailure = failure;
                break;
            default:
                host.Leases.Failure = failure;
                break;
        }

        var answer = where == "leases"
            ? await host.SendAsync("POST", $"{Path}/leases/{MemoryCrewCalls.Job}/sound/release", null, host.Bearer(TestUsers.Admin))
            : await PostAsync(KeyValuePair.Create("x-correlation-id", "click-0123"));

        var id = answer.Header("x-correlation-id");
        Assert.Equal((500, $$"""{"ok":false,"error":"Internal error","correlation_id":"{{id}}"}"""), (answer.Status, answer.Body));
        Assert.Equal("*", answer.Header("access-control-allow-origin"));
        var line = Assert.Single(host.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains(Detail, line);
        Assert.Contains($"[CorrelationId, {id}]", line);
    }

    [Fact]
    public async Task The_job_is_in_the_scope_of_what_is_logged()
    {
        host.Runs.StartFailure = new DatabaseException("anything", "timeout", true);
        await PostAsync();
        Assert.Contains(
            host.Logs.Lines, line =>
                line.StartsWith("Error", StringComparison.Ordinal) && line.Contains($"[JobId, {MemoryCrewCalls.Job}]"));
    }

    [Fact]
    public async Task A_freed_lease_is_in_the_log_with_who_freed_it()
    {
        host.Leases[new LeaseKey(MemoryCrewCalls.Job, "sound")] = new LeaseState { Holder = "some-run", Token = 5 };
        await host.SendAsync("POST", $"{Path}/leases/{MemoryCrewCalls.Job}/sound/release", null, host.Bearer(TestUsers.Admin));
        Assert.Contains(host.Logs.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal)
            && line.Contains($"released by user {TestUsers.Admin}") && line.Contains("held by some-run"));
    }

    [Fact]
    public async Task No_secret_is_in_any_log_or_answer_of_the_whole_contract()
    {
        await using var checking = await SyncHost.StartAsync(settings => settings["FlexCrew:CheckSessions"] = "true");
        var file = ContractFile.Load();
        foreach (var host in (SyncHost[])[this.host, checking])
        {
            var placeholders = new Placeholders(file, host.Contract);
            var secrets = new List<string> { SyncHost.JwtSecret, "flex-token-that-nobody-may-see", Security.SupabaseServer.AnonKey };
            foreach (var token in file.TokenNames.Select(name => placeholders.Fill($"{{{{token:{name}}}}}")))
            {
                var answer = await host.SendAsync("POST", Path, Body(), KeyValuePair.Create("authorization", $"Bearer {token}"));
                secrets.AddRange(token.Split('.', '_').Where(part => part.Length > 9));
                Assert.DoesNotMatch("eyJ", answer.Body);
            }
            Assert.NotEmpty(host.Logs.Lines);
            Assert.All(
                secrets.Distinct(), secret =>
                    Assert.False(Regex.IsMatch(host.Logs.Text, Regex.Escape(secret)), $"'{secret}' is in the log"));
        }
    }

    private Task<RawAnswer> PostAsync(params KeyValuePair<string, string>[] headers) =>
        host.SendAsync("POST", Path, Body(), [host.Bearer(TestUsers.Management), .. headers]);

    private static byte[] Body() => Encoding.UTF8.GetBytes($$"""{"job_id":"{{MemoryCrewCalls.Job}}"}""");
}
