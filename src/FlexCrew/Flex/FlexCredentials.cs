using Microsoft.Extensions.Configuration;

namespace FlexCrew.Flex;

/// <summary>Where Flex is, and the token it is asked with. The token is never printed.</summary>
public sealed class FlexCredentials
{
    /// <summary>Where Flex is when <c>FLEX_API_BASE_URL</c> is not set.</summary>
    public const string DefaultBaseUrl = "https://sectorpro.flexrentalsolutions.com/f5/api";

    private FlexCredentials(string baseUrl, string token) => (BaseUrl, Token) = (baseUrl, token);

    /// <summary>The base URL, without a slash at its end.</summary>
    public string BaseUrl { get; }

    internal string Token { get; }

    /// <summary>
    /// Reads <c>X_AUTH_TOKEN</c> (else <c>FLEX_X_AUTH_TOKEN</c>) and <c>FLEX_API_BASE_URL</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">A value is missing or unusable; the message names it, not its content.</exception>
    public static FlexCredentials From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new(
            UsableUrl(Setting(configuration, "FLEX_API_BASE_URL") ?? DefaultBaseUrl),
            UsableToken(Setting(configuration, "X_AUTH_TOKEN") ?? Setting(configuration, "FLEX_X_AUTH_TOKEN")));
    }

    /// <summary>The base URL only.</summary>
    public override string ToString() => BaseUrl;

    private static string? Setting(IConfiguration configuration, string name) =>
        configuration[name]?.Trim() is { Length: > 0 } value ? value : null;

    private static string UsableToken(string? token) => token switch
    {
        null => throw new InvalidOperationException("X_AUTH_TOKEN is not set (nor FLEX_X_AUTH_TOKEN): it holds the token for Flex."),
        _ when token.Any(c => c is <= ' ' or > '~') => throw new InvalidOperationException("X_AUTH_TOKEN holds characters that no HTTP header may carry."),
        _ => token,
    };

    private static string UsableUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri is { UserInfo: "", Query: "", Fragment: "" }
            ? uri.AbsoluteUri.TrimEnd('/')
            : throw new InvalidOperationException("FLEX_API_BASE_URL must be an absolute http or https URL without user, query or fragment.");
}
