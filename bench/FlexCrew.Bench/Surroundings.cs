using Npgsql;

namespace FlexCrew.Bench;

/// <summary>What <c>scripts/bench</c> has brought up, as it tells by the environment.</summary>
/// <param name="Database">Npgsql keywords of the database that all contenders share.</param>
/// <param name="Flex">Base URL of the simulator's API, with a slash at its end.</param>
/// <param name="Caller">A manager's id.</param>
/// <param name="AccessToken">The manager's access token.</param>
/// <param name="Hosts">Names and addresses of the hosts, and the directory of the probes in each.</param>
internal sealed record Surroundings(
    NpgsqlConnectionStringBuilder Database, Uri Flex, Guid Caller, string AccessToken, IReadOnlyList<RunningHost> Hosts)
{
    private const string Prefix = "FLEXCREW_BENCH_";

    private static readonly (string Variable, string Name)[] KnownHosts = [("LOCALHOST", "LocalHost"), ("FUNCTIONS", "Functions app")];

    /// <exception cref="InvalidOperationException">The process was not started by <c>scripts/bench</c>.</exception>
    public static Surroundings Look() => new(
        new NpgsqlConnectionStringBuilder(Needed("DATABASE")),
        new Uri(Needed("FLEX") + "/"),
        Guid.Parse(Needed("CALLER")),
        Needed("TOKEN"),
        [.. from known in KnownHosts
            let address = Environment.GetEnvironmentVariable(Prefix + known.Variable)
            where !string.IsNullOrEmpty(address)
            select new RunningHost(known.Name, new Uri(address), Needed(known.Variable + "_PROBES"))]);

    private static string Needed(string name) => Environment.GetEnvironmentVariable(Prefix + name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{Prefix}{name} is not set: start the benchmark by scripts/bench.");
}

/// <summary>A host that is compared.</summary>
internal sealed record RunningHost(string Name, Uri Address, string ProbeDirectory);
