using System.Collections.Concurrent;
using FlexCrew.Database;
using FlexCrew.Locking;
using FlexCrew.Tests.Http.Support;
using FlexCrew.Tests.Security;

namespace FlexCrew.Tests.Http;

/// <summary>One host for each state that a contract case may need.</summary>
public sealed class ContractHosts : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Task<SyncHost>> hosts = new();

    public Task InitializeAsync() => Task.CompletedTask;

    internal async Task<SyncHost> ForAsync(string? needs)
    {
        var host = await hosts.GetOrAdd(needs ?? "", StartAsync);
        if (needs == "held-lease")
            Hold(host, MemoryCrewCalls.Job);
        return host;
    }

    public async Task DisposeAsync()
    {
        foreach (var host in hosts.Values)
            await (await host).DisposeAsync();
    }

    private static async Task<SyncHost> StartAsync(string needs)
    {
        var host = await SyncHost.StartAsync(settings =>
        {
            if (needs == "no-flex-token")
                settings.Remove("X_AUTH_TOKEN");
            if (needs == "slow-runs")
                settings["FlexCrew:WaitForResult"] = "00:00:00.100";
        });
        switch (needs)
        {
            case "unreadable-roles":
                host.Users.Failure = new DatabaseException("caller's role", "timeout", true);
                break;
            case "unreadable-departments":
                host.CrewCalls.Failure = new DatabaseException("mapped departments", "timeout", true);
                break;
            case "failing-runs":
                host.Runs.EndsAs = "Failed";
                break;
            case "slow-runs":
                host.Runs.Duration = null;
                break;
            case "database-down":
                host.Checks.Outcomes["database"] = _ => Task.FromResult<string?>("connection refused to postgres://somebody@db");
                break;
            case "flex-down":
                host.Checks.Outcomes["flex"] = _ => throw new InvalidOperationException("token flex-token-that-nobody-may-see refused");
                break;
            case "no-signing-keys":
                host.Supabase.KeysFault = Answers.Status(503);
                break;
            case "" or "no-flex-token" or "held-lease" or "signing-keys":
                break;
            default:
                throw new ArgumentException($"No host for '{needs}'", nameof(needs));
        }
        return host;
    }

    private static void Hold(SyncHost host, Guid job) => host.Leases[new LeaseKey(job, "sound")] = new LeaseState
    {
        Holder = "0195a1b2c3d47e5f8a9b0c1d2e3f4a5b:sound",
        Token = 1_772_366_400_000,
        AcquiredAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
    };
}
