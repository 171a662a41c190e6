using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;

namespace FlexCrew.Security;

/// <summary>Reads a compact token as far as needed to know which key to ask; believes nothing of it.</summary>
internal static partial class TokenHeader
{
    /// <summary>
    /// Longest token that is looked at, in characters. Supabase puts a user's metadata into it, so that some are longer
    /// than 8 KiB; all headers of a request together may have 32 KiB in either host.
    /// </summary>
    internal const int MaxLength = 24 * 1024;

    /// <summary>
    /// Header parameters that would make a token bring or point to its own key, be encrypted, compressed or nested, or
    /// demand an extension. Supabase sends none of them, so a token that has one is not Supabase's.
    /// </summary>
    private static readonly string[] Refused =
        ["jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64", "enc", "zip", "cty"];

    /// <summary>The token, read but not verified; null when it is none that could be a user's.</summary>
    internal static JsonWebToken? Read(string token)
    {
        if (token.Length > MaxLength || !Compact().IsMatch(token))
            return null;
        try
        {
            var read = new JsonWebToken(token);
            return Refused.Any(name => read.TryGetHeaderValue<object>(name, out _)) ? null : read;
        }
        catch (Exception notAToken) when (notAToken is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Three parts exactly, all there: five would be an encrypted token. Base64url, which has no padding.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Compact();
}
