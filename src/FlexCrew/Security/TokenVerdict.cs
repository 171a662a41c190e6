namespace FlexCrew.Security;

/// <summary>What a token is worth.</summary>
/// <param name="UserId">The user it was issued to; null when it is refused.</param>
/// <param name="Refusal">Why it is refused, in words of ours: nothing of the token is in them.</param>
/// <param name="IsUndecided">Whether the token could not be judged, which is not the caller's fault.</param>
internal readonly record struct TokenVerdict(Guid? UserId, string? Refusal, bool IsUndecided = false)
{
    internal static readonly TokenVerdict Undecided = new(null, "the signing keys cannot be read", IsUndecided: true);

    internal static TokenVerdict Of(Guid userId) => new(userId, null);

    internal static TokenVerdict Refused(string why) => new(null, why);
}
