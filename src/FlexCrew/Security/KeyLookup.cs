using Microsoft.IdentityModel.Tokens;

namespace FlexCrew.Security;

/// <summary>The key that a token names.</summary>
/// <param name="Key">The key; null when there is none, or none that is known.</param>
/// <param name="IsKnown">Whether that is certain: false when the project's keys cannot be read just now.</param>
internal readonly record struct KeyLookup(SecurityKey? Key, bool IsKnown = true);
