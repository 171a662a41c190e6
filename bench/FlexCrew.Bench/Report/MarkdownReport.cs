using System.Text;
using FlexCrew.Bench.Measuring;
using FlexCrew.Bench.Simulator;

namespace FlexCrew.Bench.Report;

/// <summary>The page that the command writes.</summary>
internal sealed class MarkdownReport(Results results)
{
    private readonly Roles roles = results.Roles;
    private readonly StringBuilder page = new();

    public string Write()
    {
        Head();
        foreach (var table in results.Contests.GroupBy(result => (result.Contest.Trouble, result.Contest.Latency)))
        {
            Line();
            Line(table.Key.Trouble == Trouble.None
                ? $"## Flex at {table.Key.Latency} ms"
                : $"## Flex at {table.Key.Latency} ms, {table.Key.Trouble.Title}");
            Times([.. table]);
            Voids([.. table]);
        }
        Costs();
        return page.ToString();
    }

    private void Head()
    {
        var machine = results.Machine;
        var measuredOn = Words.Of($"{machine.Cores} cores, {machine.MemoryGiB:0} GiB of memory, {machine.System}, {machine.Runtime}");
        Line(Words.Of(
            $"""
            # Benchmarks
            Written by `scripts/bench` on {results.Date:yyyy-MM-dd}.
            {measuredOn}, PostgreSQL {machine.PostgreSql}.
            Load average before the run {machine.LoadBefore:0.0}, after it {results.LoadAfter:0.0}.
            The contenders, PostgreSQL and the simulated Flex share these cores with whatever else ran. The contenders take turns
            within each round, so the ratios of a round hold better under load than the times do.

            ![How many times as fast as the sequential client](benchmarks.svg)

            - **{roles.Sequential}**: does what the analysis describes of the edge function that FlexCrew replaces, one request
              after another and without a retry. It is spared PostgREST, the sign-in service and cold starts.
            - **{string.Join("**, **", roles.Hosts)}**: FlexCrew, called over HTTP as the web app calls it.
            - **{roles.Ideal}**: the fewest requests to Flex, at most {results.Ceiling} at once, and nothing else: no table, no
              lease, no guard. It never meets trouble with Flex.

            Times are from the first click to the last answer, as median / 95th percentile (nearest rank; with fewer than twenty
            rounds the slowest). Ratios are taken round by round: the median, and in brackets the least and the greatest. After
            each run the world is checked: everybody is once in Flex, with their business role, and once in the table, and nobody
            else is there. A run that left a wrong world is void.
            """));
    }

    private void Times(IReadOnlyList<ContestResult> compared)
    {
        var ofHosts = roles.Hosts.SelectMany(host =>
            new[] { $"{host}: times as fast as the {roles.Sequential}", $"{host}: times as long as the {roles.Ideal}" });
        Line();
        Row(["world", "rounds", .. roles.All, .. ofHosts]);
        Row(Enumerable.Repeat("---", 2 + roles.All.Count + 2 * roles.Hosts.Count));
        foreach (var result in compared)
        {
            var ratios = roles.Hosts.SelectMany(host => new[]
            {
                Words.Times(result.TimesAsLong(roles.Sequential, host)),
                Words.Times(result.TimesAsLong(host, roles.Ideal)),
            });
            Row([result.Contest.Scenario.Title, $"{result.Rounds.Count}", .. roles.All.Select(contender => Time(result, contender)), .. ratios]);
        }
        TenClicksAgainstOne(compared);
    }

    private static string Time(ContestResult result, string contender)
    {
        var took = result.Valid(contender).Select(run => run.Took.TotalMilliseconds).ToList();
        return took.Count == 0 ? "void" : $"{Words.Duration(Statistics.Median(took))} / {Words.Duration(Statistics.Percentile95(took))}";
    }

    private void TenClicksAgainstOne(IReadOnlyList<ContestResult> compared)
    {
        if (compared.FirstOrDefault(result => result.Contest.Scenario.Name == "ten-clicks") is not { } ten
            || compared.FirstOrDefault(result => result.Contest.Scenario.Name == "usual-click") is not { } one) return;
        foreach (var host in roles.Hosts.Where(host => ten.Valid(host).Count > 0 && one.Valid(host).Count > 0))
        {
            Line();
            Line($"Ten clicks at once take {host} {Words.Times(Median(ten, host) / Median(one, host))} as long as one.");
        }
    }

    private void Voids(IReadOnlyList<ContestResult> compared)
    {
        var told =
            from result in compared
            from contender in roles.All
            let wrong = result.Void(contender)
            where wrong.Count > 0
            select $"- {result.Contest.Scenario.Title}: {wrong.Count} of {result.Rounds.Count} runs of {contender} are void: {Summary(wrong)}.";
        var lines = told.ToList();
        if (lines.Count == 0) return;
        Line();
        foreach (var line in lines) Line(line);
    }

    private void Costs()
    {
        Line();
        Line(
            """
            ## What a run costs
            Medians of the runs that are not void. *Refused* are requests that Flex answered with 429 or 503, *at once* is the most
            that the simulator saw. Statements leave out BEGIN and COMMIT. CPU and allocations are the host's own, without
            PostgreSQL and Flex; those of the other contenders are of the process that measures.

            | world | Flex | contender | listings | adds | roles | deletions | requests | refused | at once | statements | CPU | allocated |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|
            """);
        foreach (var result in results.Contests)
        {
            foreach (var contender in roles.All.Where(contender => result.Valid(contender).Count > 0))
                Row([result.Contest.Scenario.Title, Flex(result), contender, .. CostsOf(result.Valid(contender))]);
        }
    }

    private static IEnumerable<string> CostsOf(IReadOnlyList<Measurement> runs)
    {
        yield return Words.Count(runs.Select(run => run.Requests.Reads));
        yield return Words.Count(runs.Select(run => run.Requests.Adds));
        yield return Words.Count(runs.Select(run => run.Requests.Roles));
        yield return Words.Count(runs.Select(run => run.Requests.Deletions));
        yield return Words.Count(runs.Select(run => run.Requests.Requests));
        yield return Words.Count(runs.Select(run => run.Requests.Refused));
        yield return Words.Count(runs.Select(run => (long)run.Requests.PeakConcurrency));
        yield return Words.Count(runs.Select(run => run.Statements));
        var costs = runs.Select(run => run.Costs).OfType<Costs>().ToList();
        yield return costs.Count == 0 ? "–" : Words.Duration(Statistics.Median(costs.Select(cost => cost.Cpu.TotalMilliseconds)));
        yield return costs.Count == 0 ? "–" : Words.Of($"{Statistics.Median(costs.Select(cost => cost.AllocatedBytes / 1024.0)):0} KiB");
    }

    private static string Flex(ContestResult result) =>
        result.Contest.Trouble == Trouble.None ? $"{result.Contest.Latency} ms" : $"{result.Contest.Latency} ms, {result.Contest.Trouble.Name}";

    private static string Summary(IReadOnlyList<Measurement> wrong)
    {
        var worst = wrong.MaxBy(run => run.Wrongs.Count)!;
        var complaint = worst.Complaints.Select(text => text.Length > 120 ? text[..120] + "…" : text).Take(1);
        return string.Join(", ", [.. worst.Wrongs.Distinct().Take(3), .. complaint.Select(text => $"told as “{text}”")]);
    }

    private static double Median(ContestResult result, string contender) =>
        Statistics.Median(result.Valid(contender).Select(run => run.Took.TotalMilliseconds));

    private void Row(IEnumerable<string> fields) => Line($"| {string.Join(" | ", fields)} |");

    private void Line(string text = "") => page.Append(text).Append('\n');
}
