using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace FlexCrew.Tests.Security;

/// <summary>A key pair of the project: signs tokens and publishes its public half.</summary>
internal sealed class SigningKeyPair
{
    private readonly ECDsa? ec;
    private readonly RSA? rsa;

    private SigningKeyPair(string kid, ECDsa? ec, RSA? rsa) => (Kid, this.ec, this.rsa) = (kid, ec, rsa);

    internal string Kid { get; }

    internal static SigningKeyPair Ec(string kid, ECCurve? curve = null) =>
        new(kid, ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256), null);

    internal static SigningKeyPair Rsa(string kid, int bits = 2048) => new(kid, null, RSA.Create(bits));

    internal string Algorithm => ec is not null ? "ES256" : "RS256";

    internal JsonObject PublicJwk()
    {
        if (rsa is not null)
        {
            var key = rsa.ExportParameters(false);
            return new JsonObject
            {
                ["kty"] = "RSA", ["kid"] = Kid, ["use"] = "sig", ["alg"] = "RS256",
                ["key_ops"] = new JsonArray("verify"), ["n"] = Base64UrlEncoder.Encode(key.Modulus), ["e"] =
                    Base64UrlEncoder.Encode(key.Exponent)
            };
        }
        var point = ec!.ExportParameters(false);
        var curve = ec.KeySize == 256 ? "P-256" : "P-384";
        return new JsonObject
        {
            ["kty"] = "EC", ["kid"] = Kid, ["use"] = "sig", ["alg"] = "ES256", ["key_ops"] = new JsonArray("verify"),
            ["crv"] = curve, ["x"] = Base64UrlEncoder.Encode(point.Q.X), ["y"] = Base64UrlEncoder.Encode(point.Q.Y)
        };
    }

    /// <summary>What an attacker who knows only the public key might take for a shared secret.</summary>
    internal string PublicPem() => ec?.ExportSubjectPublicKeyInfoPem() ?? rsa!.ExportSubjectPublicKeyInfoPem();

    /// <summary>Signs the claims of a token that was made in another way, under a header of its own.</summary>
    internal string Sign(string token, Action<JsonObject>? changeHeader = null)
    {
        var header = new JsonObject { ["alg"] = Algorithm, ["kid"] = Kid, ["typ"] = "JWT" };
        changeHeader?.Invoke(header);
        var signed = $"{Base64UrlEncoder.Encode(header.ToJsonString())}.{token.Split('.')[1]}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = ec?.SignData(bytes, HashAlgorithmName.SHA256)
            ?? rsa!.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64UrlEncoder.Encode(signature)}";
    }
}
