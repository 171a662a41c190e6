using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace FlexCrew.Security;

/// <summary>Reads the public keys of the project.</summary>
internal sealed class JwksClient(IHttpClientFactory clients, SupabaseSettings settings)
{
    private const int RsaBytes = 256;

    /// <summary>
    /// The keys that may sign user tokens, by kid and algorithm. Throws when they cannot be read;
    /// a project without keys of its own publishes none, which is an answer too.
    /// </summary>
    internal async Task<IReadOnlyDictionary<(string Kid, string Algorithm), SecurityKey>> ReadAsync()
    {
        using var client = clients.CreateClient(SupabaseAuthClient.Name);
        var json = await client.GetStringAsync(settings.JwksUrl);
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("keys", out var listed) || listed.ValueKind != JsonValueKind.Array)
            throw new JsonException("The answer is not a key set");

        var keys = new Dictionary<(string, string), SecurityKey>();
        foreach (var (key, algorithm) in listed.EnumerateArray().Select(Usable).OfType<(JsonWebKey, string)>())
            keys.TryAdd((key.Kid, algorithm), key);
        return keys;
    }

    /// <summary>A key with its algorithm; null for one that cannot be used or understood, which does not spoil the others.</summary>
    private static (JsonWebKey Key, string Algorithm)? Usable(JsonElement listed)
    {
        try
        {
            var key = new JsonWebKey(listed.GetRawText());
            return !string.IsNullOrEmpty(key.Kid) && AlgorithmOf(key) is { } algorithm ? (key, algorithm) : null;
        }
        catch (Exception odd) when (odd is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>The one algorithm a key is good for; null for a key that has no business here, a symmetric one above all.</summary>
    private static string? AlgorithmOf(JsonWebKey key)
    {
        var algorithm = key.Kty switch
        {
            JsonWebAlgorithmsKeyTypes.EllipticCurve when key.Crv == JsonWebKeyECTypes.P256 => SecurityAlgorithms.EcdsaSha256,
            JsonWebAlgorithmsKeyTypes.RSA when key.N is { } n && Base64UrlEncoder.DecodeBytes(n).Length >= RsaBytes =>
                SecurityAlgorithms.RsaSha256,
            _ => null,
        };
        var fits = (string.IsNullOrEmpty(key.Use) || key.Use == JsonWebKeyUseNames.Sig)
            && (string.IsNullOrEmpty(key.Alg) || key.Alg == algorithm);
        return fits ? algorithm : null;
    }
}
