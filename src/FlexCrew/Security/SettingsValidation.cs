using System.Text;
using Microsoft.Extensions.Configuration;

namespace FlexCrew.Security;

/// <summary>Tells at start what is wrong with the settings of Supabase, one line each.</summary>
public static class SettingsValidation
{
    /// <summary>Bytes that HS256 needs of a secret.</summary>
    private const int SecretBytes = 32;

    /// <summary>The problems, none when the settings will do. No line shows a secret.</summary>
    public static IReadOnlyList<string> Problems(IConfiguration configuration)
    {
        var settings = SupabaseSettings.From(configuration);
        var checksSessions = bool.TryParse(configuration[$"{FlexCrewOptions.Section}:{nameof(FlexCrewOptions.CheckSessions)}"], out var on)
            && on;
        return [.. Problems(settings, checksSessions)];
    }

    private static IEnumerable<string> Problems(SupabaseSettings settings, bool checksSessions)
    {
        if (settings.Url.Length == 0)
            yield return $"{SupabaseSettings.UrlKey} is missing: the URL of the Supabase project, https://<project>.supabase.co";
        else if (!IsOrigin(settings.Url))
            yield return $"{SupabaseSettings.UrlKey} must be an absolute http or https URL without query, such as https://<project>.supabase.co";

        else if (settings.Url.EndsWith("/auth/v1", StringComparison.OrdinalIgnoreCase))
            yield return $"{SupabaseSettings.UrlKey} must not end in /auth/v1, which is added to it: https://<project>.supabase.co alone";

        if (SecretReference.IsUnresolved(settings.JwtSecret))
            yield return SecretReference.Problem(SupabaseSettings.JwtSecretKey)
                + "; leave it out where the project signs with keys of its own";
        else if (settings.JwtSecret is { } secret && Encoding.UTF8.GetByteCount(secret) is var bytes && bytes < SecretBytes)
            yield return $"{SupabaseSettings.JwtSecretKey} is too short: it has {bytes} bytes and HS256 needs at least {SecretBytes}; leave it out where the project signs with keys of its own";

        if (checksSessions && settings.AnonKey is null)
            yield return $"{SupabaseSettings.AnonKeyKey} is missing: {FlexCrewOptions.Section}__{nameof(FlexCrewOptions.CheckSessions)} needs it";
    }

    private static bool IsOrigin(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0;
}
