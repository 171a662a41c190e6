using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FlexCrew.Security;

/// <summary>
/// Recognises access tokens of Supabase users. The algorithm decides which kind of key is asked, and each key is
/// good for one algorithm only; anon and service-role keys are signed by the same secret, but are not users.
/// </summary>
internal sealed class TokenValidator(SupabaseSettings settings, SigningKeys keys, TimeProvider time)
{
    /// <summary>How far the clocks of Supabase and this host may be apart.</summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private const string Authenticated = "authenticated";

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = TokenHeader.MaxLength };

    private readonly SecurityKey? secret = settings.JwtSecret is { } text && !SecretReference.IsUnresolved(text)
        ? new SymmetricSecurityKey(Encoding.UTF8.GetBytes(text))
        : null;

    /// <summary>Judges a token. Never throws for what the token holds.</summary>
    internal async Task<TokenVerdict> ValidateAsync(string token, CancellationToken cancellation)
    {
        if (TokenHeader.Read(token) is not { } read)
            return TokenVerdict.Refused("not a signed token");
        var (key, isKnown) = await KeyAsync(read, cancellation);
        if (key is null)
            return isKnown ? TokenVerdict.Refused("no key for it") : TokenVerdict.Undecided;

        var result = await handler.ValidateTokenAsync(read, Parameters(read.Alg, key));
        if (!result.IsValid)
            return TokenVerdict.Refused(result.Exception?.GetType().Name ?? "not valid");
        return Text(read, "role") != Authenticated ? TokenVerdict.Refused("not a user's")
            : Uuid.Parse(Text(read, "sub")) is { } userId ? TokenVerdict.Of(userId)
            : TokenVerdict.Refused("no user id");
    }

    private async Task<KeyLookup> KeyAsync(JsonWebToken token, CancellationToken cancellation) => token.Alg switch
    {
        SecurityAlgorithms.HmacSha256 => new(secret),
        SecurityAlgorithms.EcdsaSha256 or SecurityAlgorithms.RsaSha256 when token.Kid is { Length: > 0 } kid =>
            await keys.FindAsync(kid, token.Alg, cancellation),
        _ => new(null),
    };

    private TokenValidationParameters Parameters(string algorithm, SecurityKey key) => new()
    {
        ValidAlgorithms = [algorithm],
        IssuerSigningKeyResolver = (_, _, _, _) => [key],
        RequireSignedTokens = true,
        ValidIssuer = settings.Issuer,
        ValidAudience = Authenticated,
        RequireAudience = true,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires),
    };

    private bool IsAlive(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now - ClockSkew < end && (notBefore is not { } start || now + ClockSkew >= start);
    }

    private static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<object>(claim, out var value) ? value as string : null;
}
