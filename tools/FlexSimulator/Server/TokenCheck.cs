using System.Security.Cryptography;

namespace FlexSimulator;

/// <summary>Refuses a request whose token is not the accepted one.</summary>
internal static class TokenCheck
{
    public static Answer? Refuse(FlexBehaviour behaviour, HttpRequest request)
    {
        if (behaviour.Token is not { } token) return null;
        if (Is(request, "X-Auth-Token", token) && (!behaviour.RequireApiKey || Is(request, "apikey", token))) return null;
        return behaviour.TokenRefusal switch
        {
            TokenRefusal.Unauthorized => Answer.Error(401, "Authentication is required."),
            TokenRefusal.Forbidden => Answer.Error(403, "Access is denied."),
            TokenRefusal.LoginPage => CannedAnswers.LoginPage(),
            TokenRefusal.Redirect => CannedAnswers.Redirect(),
            _ => throw new InvalidOperationException($"No such refusal: {behaviour.TokenRefusal}"),
        };
    }

    private static bool Is(HttpRequest request, string header, string token) => CryptographicOperations.FixedTimeEquals(
        System.Text.Encoding.UTF8.GetBytes(request.Headers[header].ToString()),
        System.Text.Encoding.UTF8.GetBytes(token));
}
