namespace FlexCrew.Security;

/// <summary>What a token is worth.</summary>
/// <param name="UserId">The user it was issued to; null unless it is good.</param>
/// <param name="Reason">Why there is no user: a phrase of ours, or the name of an exception's type. Nothing of the token is in it.</param>
/// <param name="IsUndecided">Whether the token could not be judged, which is not the caller's fault.</param>
internal readonly record struct TokenVerdict(Guid? UserId, string? Reason, bool IsUndecided = false)
{
    internal static readonly TokenVerdict Undecided = new(null, "the signing keys cannot be read", IsUndecided: true);

    internal static TokenVerdict Of(Guid userId) => new(userId, null);

    internal static TokenVerdict Refused(string why) => new(null, why);
}
