using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>Makes access tokens as Supabase signs them with its legacy secret.</summary>
internal static class Tokens
{
    public const string Secret = "a-secret-for-tests-only-that-is-long-enough-0123456789";
    public const string SupabaseUrl = "http://127.0.0.1:54321";

    public static string For(Guid userId) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
        new SecurityTokenDescriptor
        {
            Issuer = SupabaseUrl + "/auth/v1",
            Audience = "authenticated",
            IssuedAt = DateTime.UtcNow,
            Expires = DateTime.UtcNow.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = userId.ToString(), ["role"] = "authenticated" },
            SigningCredentials = new SigningCredentials(
                new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Secret)), SecurityAlgorithms.HmacSha256),
        });
}
