using System.Diagnostics;
using System.Reflection;

namespace FlexCrew.Tests.Infrastructure.Template;

/// <summary>Runs Bicep's command line, which comes as a NuGet package (see the project file).</summary>
internal static class BicepCompiler
{
    private static readonly string Program = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "BicepCompiler").Value!;

    /// <summary>What the parameter files read from the environment and have no default for.</summary>
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["SUPABASE_URL"] = "https://project.supabase.co",
        ["FLEX_API_BASE_URL"] = "https://tenant.flexrentalsolutions.com/f5/api",
    };

    /// <summary>What the command wrote to its standard output. Whatever the linter says is a failure, warnings too.</summary>
    public static string Run(params string[] arguments)
    {
        var (status, output, diagnostics) = Try(arguments);
        if (status != 0 || diagnostics.Length > 0)
            throw new InvalidOperationException($"bicep {string.Join(' ', arguments)} ended with {status}:\n{diagnostics}");
        return output;
    }

    public static (int Status, string Output, string Diagnostics) Try(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var diagnostics = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, diagnostics.GetAwaiter().GetResult());
    }
}
