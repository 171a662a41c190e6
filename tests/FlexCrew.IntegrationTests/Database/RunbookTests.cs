using System.Text.RegularExpressions;
using FlexCrew.IntegrationTests.EndToEnd;
using FlexCrew.Tests;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>Each query and each call that the runbook names, on a job with runs, retries and intents.</summary>
public sealed partial class RunbookTests
{
    private static readonly string Page = File.ReadAllText(RepositoryFiles.PathOf("docs", "runbook.md"));

    [Fact]
    public async Task Every_statement_runs_on_the_schema_and_none_but_the_one_that_makes_retries_due_changes_anything()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AddCrewCallAsync();
        await stage.AssignAsync("no code");
        await stage.SyncAsync();
        await stage.RunsEndedAsync();
        var statements = SqlBlock().Matches(Page)
            .SelectMany(block => block.Groups[1].Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .ToList();
        var id = await stage.Database.ScalarAsync<Guid>("select id from public.flex_sync_log");

        Assert.InRange(statements.Count, 12, 40);
        foreach (var statement in statements)
        {
            var sql = statement.Replace("<job>", stage.Job.ToString(), StringComparison.Ordinal)
                .Replace("<id>", id.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain('<', sql.Replace("<>", "", StringComparison.Ordinal));
            var error = await Record.ExceptionAsync(() => stage.Database.ExecuteAsync(sql));
            Assert.True(error is null, $"{error?.Message}: {sql}");
        }

        Assert.Equal(1, statements.Count(statement => !statement.StartsWith("select", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_call_reaches_a_route_that_takes_it()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AddCrewCallAsync();
        await stage.Database.ExecuteAsync("update public.profiles set role = 'admin' where id = @Manager", new { stage.Manager });
        using var started = await stage.PostAsync(new { job_id = stage.Job }, prefer: "respond-async");
        var run = Regex.Match(await started.Content.ReadAsStringAsync(), "\"id\":\"([0-9a-f]{32})\"").Groups[1].Value;
        var calls = Fence().Matches(Page)
            .SelectMany(block => Curl().Matches(block.Groups[1].Value.Replace("\\\n", "", StringComparison.Ordinal))).ToList();

        Assert.InRange(calls.Count, 4, 12);
        foreach (var call in calls)
        {
            var command = call.Value.Replace("<job>", stage.Job.ToString(), StringComparison.Ordinal)
                .Replace("<id>", run, StringComparison.Ordinal);
            var (code, output) = await ShellAsync(command, stage);
            Assert.True(code == 0, $"{output}: {command}");
        }
    }

    private static async Task<(int Code, string Output)> ShellAsync(string command, Stage stage)
    {
        var start = new System.Diagnostics.ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command.Replace("curl -s", "curl -sSf", StringComparison.Ordinal));
        start.Environment["BASE"] = stage.Host.BaseUrl.GetLeftPart(UriPartial.Authority);
        start.Environment["TOKEN"] = Tokens.For(stage.Manager);
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }

    [GeneratedRegex("^```sql\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex SqlBlock();

    [GeneratedRegex("^```[a-z]*\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^curl .*$", RegexOptions.Multiline)]
    private static partial Regex Curl();
}
