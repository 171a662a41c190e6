using FlexCrew.Database;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace FlexCrew.Security;

/// <summary>Token → user → role of their profile.</summary>
internal sealed class CallerAuthorizer(
    TokenValidator tokens,
    SessionCheck sessions,
    ICallers callers,
    IOptions<FlexCrewOptions> options,
    ILogger<CallerAuthorizer> logger) : ICallerAuthorizer
{
    private static readonly Authorization MissingHeader = new Authorization.Denied(401, "Missing or malformed authorization header");
    private static readonly Authorization InvalidToken = new Authorization.Denied(401, "Invalid or expired token");
    private static readonly Authorization Forbidden = new Authorization.Denied(403, "Forbidden: insufficient permissions");
    private static readonly Authorization LookupFailed = new Authorization.Denied(500, "Authorization lookup failed");
    private static readonly Authorization Undecided = new Authorization.Denied(
        503, "Supabase did not answer, so the token could not be checked; try again in a minute");

    public async Task<Authorization> AuthorizeAsync(StringValues header, RequiredRole role, CancellationToken cancellation)
    {
        if (BearerToken.Of(header) is not { } token)
            return MissingHeader;
        if (role == RequiredRole.ManagementOrService && ServiceKey.Matches(token, options.Value.ServiceKeySha256))
            return new Authorization.Granted(Caller.Service);

        var verdict = await tokens.ValidateAsync(token, cancellation);
        if (verdict.UserId is not { } userId)
        {
            if (verdict.IsUndecided) logger.LogWarning("Token not judged: {Reason}", verdict.Reason);
            else logger.LogInformation("Token refused: {Reason}", verdict.Reason);
            return verdict.IsUndecided ? Undecided : InvalidToken;
        }
        if (!options.Value.CheckSessions)
            return await RoleAsync(userId, role, cancellation);
        switch (await sessions.AskAsync(token, userId, cancellation))
        {
            case SessionState.Alive:
                return await RoleAsync(userId, role, cancellation);
            case SessionState.Ended:
                logger.LogInformation("Token refused: no session of user {UserId}", userId);
                return InvalidToken;
            default:
                return Undecided;
        }
    }

    private async Task<Authorization> RoleAsync(Guid userId, RequiredRole required, CancellationToken cancellation)
    {
        string? role;
        try
        {
            role = (await callers.RoleAsync(userId, cancellation))?.ToLowerInvariant();
        }
        catch (DatabaseException failure)
        {
            logger.LogError(failure, "The role of user {UserId} could not be looked up", userId);
            return LookupFailed;
        }
        var isEnough = role == Caller.Admin || (role == Caller.Management && required != RequiredRole.Admin);
        if (isEnough)
            return new Authorization.Granted(new Caller(userId, role!));

        logger.LogInformation("User {UserId} may not do this", userId);
        return Forbidden;
    }
}
