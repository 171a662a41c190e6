using Microsoft.Extensions.Configuration;

namespace FlexCrew.Security;

/// <summary>What is needed to recognise the users of a Supabase project.</summary>
/// <param name="Url">The project's URL without a slash at its end. With <c>/auth/v1</c> it is the issuer of its tokens.</param>
/// <param name="JwtSecret">The secret of tokens signed with HS256; null where the project signs with keys of its own.</param>
/// <param name="AnonKey">The anon or publishable key; only the check of sessions sends it.</param>
public sealed record SupabaseSettings(string Url, string? JwtSecret = null, string? AnonKey = null)
{
    /// <summary>The configuration key of <see cref="Url"/>.</summary>
    public const string UrlKey = "SUPABASE_URL";

    /// <summary>The configuration key of <see cref="JwtSecret"/>.</summary>
    public const string JwtSecretKey = "SUPABASE_JWT_SECRET";

    /// <summary>The configuration key of <see cref="AnonKey"/>.</summary>
    public const string AnonKeyKey = "SUPABASE_ANON_KEY";

    /// <summary>The issuer of the project's user tokens.</summary>
    public string Issuer => Url + "/auth/v1";

    /// <summary>Where the project publishes its public keys.</summary>
    public string JwksUrl => Issuer + "/.well-known/jwks.json";

    /// <summary>The address that answers which user a token belongs to, as long as its session lives.</summary>
    public string UserUrl => Issuer + "/user";

    /// <summary>Reads the settings, without judging them: <see cref="SettingsValidation"/> does.</summary>
    public static SupabaseSettings From(IConfiguration configuration) => new(
        Normal(Value(configuration, UrlKey) ?? ""),
        Value(configuration, JwtSecretKey),
        Value(configuration, AnonKeyKey));

    /// <summary>The URL only, so that no key gets into a log.</summary>
    public override string ToString() => $"{nameof(SupabaseSettings)} {{ Url = {Url} }}";

    // Tokens name the host in lower case and no default port, and are compared letter by letter.
    private static string Normal(string url) =>
        (Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.AbsoluteUri : url).TrimEnd('/');

    private static string? Value(IConfiguration configuration, string key) =>
        configuration[key]?.Trim() is { Length: > 0 } value ? value : null;
}
