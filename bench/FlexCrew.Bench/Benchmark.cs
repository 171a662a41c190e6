using FlexCrew.Bench.Contenders;
using FlexCrew.Bench.Measuring;
using FlexCrew.Bench.Report;
using FlexCrew.Bench.Schedule;
using FlexCrew.Bench.Sequential;
using FlexCrew.Bench.Simulator;
using FlexCrew.Bench.Worlds;
using Npgsql;

namespace FlexCrew.Bench;

/// <summary>The whole of a run: brings the contenders together, compares them contest by contest, and writes what came out.</summary>
internal static class Benchmark
{
    /// <summary>How many requests FlexCrew may have under way at Flex at once; the ideal is held to it.</summary>
    public const int Ceiling = 16;

    private const int WarmUpRuns = 30;

    public static async Task<Results> RunAsync(Surroundings around, IReadOnlyList<Contest> contests, int rounds, TextWriter progress)
    {
        var database = new NpgsqlConnectionStringBuilder(around.Database.ConnectionString) { MaxPoolSize = 50 };
        await using var source = NpgsqlDataSource.Create(database);
        await using var statements = new StatementCount(around.Database);
        var machine = Machine.Look(await statements.BeginAsync());
        using var controlHttp = new HttpClient();
        using var sequentialHttp = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        using var idealHttp = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        var flex = new SimulatorControl(controlHttp, around.Flex);
        var sync = new SequentialSync(new SequentialTable(source), new SequentialFlex(sequentialHttp, around.Flex));
        using var ideal = new IdealContender(idealHttp, around.Flex, Ceiling);
        var sequential = new SequentialContender(sync, around.Caller);
        var hosts = around.Hosts.Select(host => new HostContender(host, around.AccessToken)).ToList();
        var roles = new Roles([.. hosts.Select(host => host.Name)], sequential.Name, ideal.Name);

        var runner = new Runner(new Stage(source, flex), flex, statements, [sequential, .. hosts, ideal]);
        foreach (var contender in (IContender[])[sequential, .. hosts, ideal]) await runner.WarmUpAsync(contender, WarmUpRuns);
        var compared = new List<ContestResult>();
        foreach (var contest in contests)
        {
            var result = await runner.CompareAsync(contest, rounds);
            compared.Add(result);
            await progress.WriteLineAsync(Told(result, roles));
        }
        foreach (var host in hosts) host.Dispose();
        return new Results(DateOnly.FromDateTime(DateTime.UtcNow), machine, Machine.Load(), Ceiling, roles, compared);
    }

    /// <summary>Writes the page and its picture into a directory.</summary>
    public static void Write(Results results, string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "benchmarks.md"), new MarkdownReport(results).Write());
        File.WriteAllText(Path.Combine(directory, "benchmarks.svg"), new Picture(results).Draw());
    }

    private static string Told(ContestResult result, Roles roles)
    {
        var figures = roles.All.Select(contender =>
        {
            var valid = result.Valid(contender);
            var time = valid.Count == 0 ? "void" : Words.Duration(Statistics.Median(valid.Select(run => run.Took.TotalMilliseconds)));
            var ratio = roles.Hosts.Contains(contender) ? $", {Words.Times(result.TimesAsLong(roles.Sequential, contender))}" : "";
            var left = valid.Count < result.Rounds.Count ? $", {result.Void(contender).Count} of {result.Rounds.Count} void" : "";
            return contender + " " + time + ratio + left;
        });
        return $"{result.Contest.Scenario.Name}, {result.Contest.Latency} ms, {result.Contest.Trouble.Name}: {string.Join("; ", figures)}";
    }
}
