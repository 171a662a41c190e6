using System.Text.RegularExpressions;

namespace FlexCrew;

/// <summary>Reads UUIDs in their usual form, and nothing else of what <see cref="Guid"/> would take.</summary>
internal static partial class Uuid
{
    /// <summary>The UUID; null when the text is none.</summary>
    internal static Guid? Parse(string? text) => text is not null && Form().IsMatch(text) ? Guid.Parse(text) : null;

    [GeneratedRegex(@"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
