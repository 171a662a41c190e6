namespace FlexCrew.Security;

/// <summary>What a token is worth.</summary>
/// <param name="UserId">The user it was issued to; null when it is refused.</param>
/// <param name="Refusal">Why it is refused, in words of ours: nothing of the token is in them.</param>
internal readonly record struct TokenVerdict(Guid? UserId, string? Refusal)
{
    internal static TokenVerdict Of(Guid userId) => new(userId, null);

    internal static TokenVerdict Refused(string why) => new(null, why);
}
