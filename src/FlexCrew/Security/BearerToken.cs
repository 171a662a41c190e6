using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace FlexCrew.Security;

/// <summary>Takes the token out of an <c>Authorization</c> header.</summary>
internal static partial class BearerToken
{
    /// <summary>The token; null when the header is absent, is there twice or is of another form.</summary>
    internal static string? Of(StringValues header) =>
        header.Count == 1 && Form().Match(header[0]!.Trim()) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"\ABearer\s+(.+)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
