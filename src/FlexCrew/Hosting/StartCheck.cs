using Microsoft.Extensions.Configuration;

namespace FlexCrew.Hosting;

/// <summary>What a host does before anything else: it tells all that is wrong with its settings, or starts.</summary>
public static class StartCheck
{
    /// <summary>
    /// Whether the host may start. Each problem is a line that begins with <c>error:</c>, since the Functions host shows a
    /// worker's line as an error when that word is in it, and else only after a minute of waiting for the worker.
    /// </summary>
    public static bool Passes(IConfiguration configuration, TextWriter errors)
    {
        foreach (var unknown in TuningSettings.Unknown(configuration))
            errors.WriteLine($"warning: {unknown}");
        var problems = FlexCrewRegistration.Problems(configuration);
        foreach (var problem in problems)
            errors.WriteLine($"error: {problem}");
        return problems.Count == 0;
    }
}
