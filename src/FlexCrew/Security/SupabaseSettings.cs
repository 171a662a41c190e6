using Microsoft.Extensions.Configuration;

namespace FlexCrew.Security;

/// <summary>What is needed to recognise the users of a Supabase project.</summary>
/// <param name="Url">The URL of the project without a slash at its end, as its tokens name it.</param>
/// <param name="JwtSecret">The secret of tokens signed with HS256; null where the project has none any more.</param>
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

    /// <summary>Where the project tells whose token it is, and whether its session still lives.</summary>
    public string UserUrl => Issuer + "/user";

    /// <summary>Reads the settings, without judging them: <see cref="SettingsValidation"/> does.</summary>
    public static SupabaseSettings From(IConfiguration configuration) => new(
        Value(configuration, UrlKey)?.TrimEnd('/') ?? "",
        Value(configuration, JwtSecretKey),
        Value(configuration, AnonKeyKey));

    /// <summary>The URL only: the rest is secret.</summary>
    public override string ToString() => $"{nameof(SupabaseSettings)} {{ Url = {Url} }}";

    private static string? Value(IConfiguration configuration, string key) =>
        configuration[key]?.Trim() is { Length: > 0 } value ? value : null;
}
