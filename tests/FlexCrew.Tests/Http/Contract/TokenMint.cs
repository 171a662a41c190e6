using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace FlexCrew.Tests.Http.Contract;

/// <summary>Makes tokens by recipe: a valid user token, with what the recipe changes.</summary>
public static class TokenMint
{
    /// <summary>
    /// The recipe's <c>claims</c> are put over the usual ones (null removes; exp, iat and nbf are seconds from now),
    /// its <c>header</c> over the usual header; <c>secret</c> and <c>signature</c> replace what would be used.
    /// </summary>
    public static string Mint(JsonObject recipe, string issuer, string secret, DateTimeOffset now)
    {
        if (recipe["literal"] is { } literal)
            return literal.GetValue<string>();

        var header = Over(new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT" }, recipe["header"]);
        var claims = Over(
            new JsonObject
            {
                ["iss"] = issuer,
                ["aud"] = "authenticated",
                ["exp"] = 3600,
                ["iat"] = -10,
                ["role"] = "authenticated",
                ["aal"] = "aal1",
                ["session_id"] = "5a9d3d57-6c3f-4c8c-9c9e-0d6f8d0f7a11",
                ["email"] = "someone@example.com",
                ["phone"] = "",
                ["is_anonymous"] = false,
            },
            recipe["claims"]);
        foreach (var name in (string[])["exp", "iat", "nbf"])
        {
            if (long.TryParse(claims[name]?.ToString(), CultureInfo.InvariantCulture, out var fromNow))
                claims[name] = now.ToUnixTimeSeconds() + fromNow;
        }

        var signed = $"{Encode(header)}.{Encode(claims)}";
        var key = Encoding.UTF8.GetBytes(recipe["secret"]?.GetValue<string>() ?? secret);
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = header["alg"]!.GetValue<string>() == "HS512" ? HMACSHA512.HashData(key, bytes) : HMACSHA256.HashData(key, bytes);
        return $"{signed}.{recipe["signature"]?.GetValue<string>() ?? Base64UrlEncoder.Encode(signature)}";
    }

    private static JsonObject Over(JsonObject usual, JsonNode? changes)
    {
        foreach (var (name, value) in changes?.AsObject() ?? [])
        {
            if (value is null)
                usual.Remove(name);
            else
                usual[name] = value.DeepClone();
        }
        return usual;
    }

    private static string Encode(JsonObject json) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
