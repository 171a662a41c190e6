using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace FlexCrew.Security;

/// <summary>
/// The public keys of the project, kept for ten minutes. A kid that nobody knows asks for them again, but however
/// many such tokens arrive, only now and then and one at a time. While they cannot be read the last ones stay good.
/// </summary>
internal sealed class SigningKeys(JwksClient client, TimeProvider time, ILogger<SigningKeys> logger) : IDisposable
{
    internal static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    /// <summary>Time between two reads, whatever the tokens say.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>The same while there is no key at all, and so nobody can be let in.</summary>
    internal static readonly TimeSpan PauseWithoutKeys = TimeSpan.FromSeconds(5);

    /// <summary>How long keys outlive their last successful read.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile Snapshot current = Snapshot.Empty;

    /// <summary>The key with this kid for this algorithm.</summary>
    internal async Task<KeyLookup> FindAsync(string kid, string algorithm, CancellationToken cancellation)
    {
        if (IsReadDue(current, kid, algorithm))
            await ReadAsync(kid, algorithm, cancellation);
        var keys = current;
        return new KeyLookup(keys.Keys.GetValueOrDefault((kid, algorithm)), IsKnown: keys.AskedAt == keys.ReadAt);
    }

    /// <summary>Null when there are keys to judge tokens by; else one sentence that says why there are none.</summary>
    internal async Task<string?> CheckAsync(CancellationToken cancellation)
    {
        if (!current.Keys.IsEmpty)
            return null;
        var (_, isKnown) = await FindAsync("", "", cancellation);
        return !current.Keys.IsEmpty ? null
            : isKnown ? $"Supabase publishes no signing keys and {SupabaseSettings.JwtSecretKey} is not set: nobody can sign in."
            : "The signing keys of Supabase cannot be read: nobody can sign in.";
    }

    public void Dispose() => reading.Dispose();

    private bool IsReadDue(Snapshot keys, string kid, string algorithm)
    {
        var now = time.GetUtcNow();
        var isWanted = !keys.Keys.ContainsKey((kid, algorithm)) || now - keys.ReadAt >= FreshFor;
        var pause = keys.ReadAt == DateTimeOffset.MinValue ? PauseWithoutKeys : Pause;
        return isWanted && now - keys.AskedAt >= pause;
    }

    private async Task ReadAsync(string kid, string algorithm, CancellationToken cancellation)
    {
        await reading.WaitAsync(cancellation);
        try
        {
            // Several requests may wait for this one read, so a caller that disconnects does not cancel it.
            if (IsReadDue(current, kid, algorithm))
                current = await NextAsync(current);
        }
        finally
        {
            reading.Release();
        }
    }

    private async Task<Snapshot> NextAsync(Snapshot previous)
    {
        try
        {
            var keys = await client.ReadAsync();
            var now = time.GetUtcNow();
            return new Snapshot(keys.ToImmutableDictionary(), ReadAt: now, AskedAt: now);
        }
        catch (Exception failure)
        {
            logger.LogWarning(
                "The signing keys of Supabase could not be read ({Reason}); {Kept} kept", failure.GetType().Name, previous.Keys.Count);
            var now = time.GetUtcNow();
            return now - previous.ReadAt < KeptFor
                ? previous with { AskedAt = now }
                : Snapshot.Empty with { AskedAt = now };
        }
    }

    private sealed record Snapshot(
        ImmutableDictionary<(string Kid, string Algorithm), SecurityKey> Keys,
        DateTimeOffset ReadAt,
        DateTimeOffset AskedAt)
    {
        internal static readonly Snapshot Empty = new(
            ImmutableDictionary<(string, string), SecurityKey>.Empty, DateTimeOffset.MinValue, DateTimeOffset.MinValue);
    }
}
