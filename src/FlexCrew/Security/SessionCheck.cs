using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Security;

/// <summary>
/// Asks Supabase whether the session of a token still lives: a token outlives a sign-out, a ban and the user.
/// A yes is remembered for half a minute from the question on, a no not at all.
/// </summary>
internal sealed class SessionCheck(IHttpClientFactory clients, SupabaseSettings settings, TimeProvider time, ILogger<SessionCheck> logger)
{
    internal static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(30);

    // Beyond it, sessions are asked about each time.
    private const int MaxRemembered = 1_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> alive = new();

    /// <summary>Whether the session of this token, already found valid, is still that user's.</summary>
    internal async Task<SessionState> AskAsync(string token, Guid userId, CancellationToken cancellation)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (alive.TryGetValue(key, out var askedAt) && time.GetUtcNow() - askedAt < BelievedFor)
            return SessionState.Alive;
        var now = time.GetUtcNow();
        var state = await SendAsync(token, userId, cancellation);
        if (state == SessionState.Alive)
            Remember(key, now);
        return state;
    }

    /// <summary>
    /// Null when Supabase answers about sessions; else a sentence that says it does not. Sends a word as a token: that Supabase refuses it
    /// shows that the check works.
    /// </summary>
    internal async Task<string?> CheckAsync(CancellationToken cancellation) =>
        await SendAsync("none", Guid.Empty, cancellation) == SessionState.Unknown
            ? $"Supabase does not answer for sessions, or refuses {SupabaseSettings.AnonKeyKey}: nobody can sign in."
            : null;

    private async Task<SessionState> SendAsync(string token, Guid userId, CancellationToken cancellation)
    {
        try
        {
            using var client = clients.CreateClient(SupabaseAuthClient.Name);
            using var request = new HttpRequestMessage(HttpMethod.Get, settings.UserUrl);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.TryAddWithoutValidation("apikey", settings.AnonKey);
            using var response = await client.SendAsync(request, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            if (IsRefusal(response.StatusCode, body))
                return SessionState.Ended;
            if (response.IsSuccessStatusCode)
                return IsOf(userId, body) ? SessionState.Alive : SessionState.Ended;
            logger.LogWarning("The session could not be checked: Supabase answered {Status}", (int)response.StatusCode);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            logger.LogWarning("The session could not be checked ({Reason})", failure.GetType().Name);
        }
        return SessionState.Unknown;
    }

    /// <summary>
    /// Whether Supabase Auth refuses the token. Its errors have a code; those of a gateway before it, which refuses the anon key, does not
    /// know the route or keeps our address out, have none, and are not the caller's fault.
    /// </summary>
    private static bool IsRefusal(HttpStatusCode status, byte[] body)
    {
        if (status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound)) return false;
        if (Encoding.UTF8.GetString(body).Contains("api key", StringComparison.OrdinalIgnoreCase)) return false;
        try
        {
            using var error = JsonDocument.Parse(body);
            return error.RootElement.ValueKind == JsonValueKind.Object
                && (error.RootElement.TryGetProperty("error_code", out _) || error.RootElement.TryGetProperty("code", out _));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether the answer is about this user, and the user is not banned: Supabase Auth before 2.196 answers about a banned one as if
    /// nothing were the matter.
    /// </summary>
    private bool IsOf(Guid userId, byte[] body)
    {
        using var user = JsonDocument.Parse(body);
        var isBanned = user.RootElement.TryGetProperty("banned_until", out var until) && until.ValueKind == JsonValueKind.String
            && until.GetDateTimeOffset() > time.GetUtcNow();
        return user.RootElement.GetProperty("id").GetGuid() == userId && !isBanned;
    }

    private void Remember(string key, DateTimeOffset now)
    {
        if (alive.Count >= MaxRemembered)
        {
            foreach (var (old, askedAt) in alive)
            {
                if (now - askedAt >= BelievedFor)
                    alive.TryRemove(old, out _);
            }
        }
        if (alive.Count < MaxRemembered)
            alive[key] = now;
    }
}
