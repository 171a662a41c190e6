using System.Diagnostics;
using FlexCrew.Tests;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>Calls the functions of <c>scripts/lib/postgres.sh</c>.</summary>
public static class PostgresScript
{
    /// <summary>Runs a command that may use the functions and <c>$DIR</c>; returns what it printed.</summary>
    public static string Run(string command, string directory)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"set -u; . scripts/lib/postgres.sh; {command}");
        start.WorkingDirectory = RepositoryFiles.Root;
        start.Environment["DIR"] = directory;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"PostgreSQL for the tests: {command} failed: {errors.Result}");
        return output;
    }
}
