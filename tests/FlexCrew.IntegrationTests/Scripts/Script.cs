using System.Diagnostics;
using FlexCrew.Tests;

namespace FlexCrew.IntegrationTests.Scripts;

/// <summary>Runs a script of the repository, or the one at an absolute path.</summary>
internal static class Script
{
    public static async Task<(int Code, string Output)> RunAsync(string path, string[] arguments,
        params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(RepositoryFiles.Root, path), .. arguments])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }
}
