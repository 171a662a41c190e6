using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Security;

/// <summary>
/// Asks Supabase whether the session of a token still lives: a token outlives a sign-out, a ban and the user.
/// A yes is believed for half a minute, a no never. What cannot be answered counts as a no.
/// </summary>
internal sealed class SessionCheck(IHttpClientFactory clients, SupabaseSettings settings, TimeProvider time, ILogger<SessionCheck> logger)
{
    internal static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(30);

    private const int MostRemembered = 1_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> alive = new();

    /// <summary>Whether the session of this token, already found valid, is still that user's.</summary>
    internal async Task<bool> IsAliveAsync(string token, Guid userId, CancellationToken cancellation)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (alive.TryGetValue(key, out var askedAt) && time.GetUtcNow() - askedAt < BelievedFor)
            return true;
        if (!await AskAsync(token, userId, cancellation))
            return false;
        Remember(key);
        return true;
    }

    private async Task<bool> AskAsync(string token, Guid userId, CancellationToken cancellation)
    {
        try
        {
            using var client = clients.CreateClient(SupabaseAuthClient.Name);
            using var request = new HttpRequestMessage(HttpMethod.Get, settings.UserUrl);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.TryAddWithoutValidation("apikey", settings.AnonKey);
            using var response = await client.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
                return false;
            using var user = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            return user.RootElement.TryGetProperty("id", out var id) && id.TryGetGuid(out var told) && told == userId;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            logger.LogWarning("The session could not be checked ({Reason})", failure.GetType().Name);
            return false;
        }
    }

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
