using System.Globalization;
using System.Runtime.InteropServices;

namespace FlexCrew.Bench.Report;

/// <summary>What the figures were measured on. It names nothing that tells whose machine it is.</summary>
internal sealed record Machine(int Cores, double MemoryGiB, string System, string Runtime, string PostgreSql, double LoadBefore)
{
    private const string Release = "/etc/os-release";
    private const string Name = "PRETTY_NAME=";

    public static Machine Look(string postgreSql) => new(
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(1024, 3),
        Named() ?? RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        postgreSql,
        Load());

    /// <summary>How many processes wanted a core, over the last minute.</summary>
    public static double Load() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : double.NaN;

    private static string? Named() => File.Exists(Release)
        ? File.ReadLines(Release).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..].Trim('"')
        : null;
}
