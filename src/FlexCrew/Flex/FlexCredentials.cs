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
        if (Problems(configuration) is [var problem, ..])
            throw new InvalidOperationException(problem);
        return new(
            new Uri(UrlSetting(configuration)).AbsoluteUri.TrimEnd('/'),
            TokenSetting(configuration)
                ?? throw new InvalidOperationException("X_AUTH_TOKEN is not set (nor FLEX_X_AUTH_TOKEN): it holds the token for Flex."));
    }

    /// <summary>Whether there is a token at all: a Key Vault reference that was not resolved is none.</summary>
    public static bool HasToken(IConfiguration configuration) => TokenSetting(configuration) is not null;

    /// <summary>
    /// What of the settings is unusable, one line each, without their content. A missing token is none: a host without one
    /// starts, and says so where it is needed.
    /// </summary>
    public static IReadOnlyList<string> Problems(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        List<string> problems = [];
        if (!IsUsableUrl(UrlSetting(configuration)))
            problems.Add("FLEX_API_BASE_URL must be an absolute http or https URL without user, query or fragment.");
        if (TokenSetting(configuration)?.Any(c => c is <= ' ' or > '~') == true)
            problems.Add("X_AUTH_TOKEN holds characters that no HTTP header may carry.");
        return problems;
    }

    /// <summary>The base URL only.</summary>
    public override string ToString() => BaseUrl;

    private static string UrlSetting(IConfiguration configuration) => Setting(configuration, "FLEX_API_BASE_URL") ?? DefaultBaseUrl;

    private static string? TokenSetting(IConfiguration configuration) =>
        new[] { "X_AUTH_TOKEN", "FLEX_X_AUTH_TOKEN" }
            .Select(name => Setting(configuration, name))
            .FirstOrDefault(value => value is not null && !SecretReference.IsUnresolved(value));

    private static string? Setting(IConfiguration configuration, string name) =>
        configuration[name]?.Trim() is { Length: > 0 } value ? value : null;

    private static bool IsUsableUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri is { UserInfo: "", Query: "", Fragment: "" };
}
