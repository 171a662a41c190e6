using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace FlexCrew.Http;

/// <summary>The files of the console, and the documents that it links to. They are part of the assembly.</summary>
internal static class ConsoleSite
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    /// <summary>The names of all files: <c>console/…</c> and <c>docs/…</c>.</summary>
    internal static IReadOnlyList<string> Names { get; } = typeof(ConsoleSite).Assembly.GetManifestResourceNames();

    /// <summary>The content of a file; null when there is none of that name.</summary>
    internal static string? Read(string name)
    {
        using var stream = Names.Contains(name) ? typeof(ConsoleSite).Assembly.GetManifestResourceStream(name) : null;
        if (stream is null) return null;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The content type by the name.</summary>
    internal static string TypeOf(string name) => Types.GetValueOrDefault(Path.GetExtension(name), "text/plain; charset=utf-8");

    /// <summary>A tag that changes with the content.</summary>
    internal static string TagOf(string content) =>
        $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..16]}\"";
}
