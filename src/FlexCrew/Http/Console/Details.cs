using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlexCrew.Http;

/// <summary>Reads the <c>errors</c> of a log row, which hosts of other versions may have written.</summary>
internal static partial class Details
{
    /// <summary>The object; null when there is none.</summary>
    internal static JsonElement? Of(string? details)
    {
        if (details is null) return null;
        try
        {
            using var document = JsonDocument.Parse(details);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>How many entries a list of it has.</summary>
    internal static int CountOf(string? details, string list) =>
        Of(details) is { } found && found.TryGetProperty(list, out var entries) && entries.ValueKind == JsonValueKind.Array
            ? entries.GetArrayLength()
            : 0;

    /// <summary>The technicians that the texts speak of: every UUID, since sentences hold them too.</summary>
    internal static IReadOnlyList<Guid> Ids(IEnumerable<string?> texts) =>
        [.. texts.OfType<string>().SelectMany(text => AnyId().Matches(text)).Select(match => Guid.Parse(match.Value)).Distinct()];

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnyId();
}
