using Microsoft.Extensions.Options;

namespace FlexCrew.Security;

/// <summary>Whether tokens can be judged now.</summary>
internal sealed class SignInReadiness(SupabaseSettings settings, SigningKeys keys, SessionCheck sessions, IOptions<FlexCrewOptions> options)
{
    /// <summary>
    /// Null when they can; else one sentence. Where there is a secret, tokens signed by it are judged without Supabase, so
    /// that keys which cannot be read are no reason to call the host not ready.
    /// </summary>
    internal async Task<string?> CheckAsync(CancellationToken cancellation)
    {
        if (settings.JwtSecret is null && await keys.CheckAsync(cancellation) is { } problem)
            return problem;
        return options.Value.CheckSessions ? await sessions.CheckAsync(cancellation) : null;
    }
}
