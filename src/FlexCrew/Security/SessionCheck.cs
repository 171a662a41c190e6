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
/// That it lives is believed for half a minute; that it ended is asked again each time.
/// </summary>
internal sealed class SessionCheck(IHttpClientFactory clients, SupabaseSettings settings, TimeProvider time, ILogger<SessionCheck> logger)
{
    internal static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(30);

    private const int MostRemembered = 1_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> alive = new();

    /// <summary>Whether the session of this token, already found valid, is still that user's.</summary>
    internal async Task<SessionState> AskAsync(string token, Guid userId, CancellationToken cancellation)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (alive.TryGetValue(key, out var askedAt) && time.GetUtcNow() - askedAt < BelievedFor)
            return SessionState.Alive;
        var state = await SendAsync(token, userId, cancellation);
        if (state == SessionState.Alive)
            Remember(key);
        return state;
    }

    /// <summary>Null when sessions can be asked for; else one sentence. A token that is none is sent: Supabase has to refuse it.</summary>
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
                return JsonDocument.Parse(body).RootElement.GetProperty("id").GetGuid() == userId ? SessionState.Alive : SessionState.Ended;
            logger.LogWarning("The session could not be checked: Supabase answered {Status}", (int)response.StatusCode);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            logger.LogWarning("The session could not be checked ({Reason})", failure.GetType().Name);
        }
        return SessionState.Unknown;
    }

    /// <summary>
    /// Whether the token is refused. A refused anon key is answered with 401 too, and is our mistake and not the caller's.
    /// </summary>
    private static bool IsRefusal(HttpStatusCode status, byte[] body) => status switch
    {
        HttpStatusCode.Forbidden or HttpStatusCode.NotFound => true,
        HttpStatusCode.Unauthorized => !Encoding.UTF8.GetString(body).Contains("api key", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private void Remember(string key)
    {
        var now = time.GetUtcNow();
        if (alive.Count >= MostRemembered)
        {
            foreach (var (old, askedAt) in alive)
            {
                if (now - askedAt >= BelievedFor)
                    alive.TryRemove(old, out _);
            }
        }
        if (alive.Count < MostRemembered)
            alive[key] = now;
    }
}
