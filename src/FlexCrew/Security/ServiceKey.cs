using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace FlexCrew.Security;

/// <summary>
/// Recognises the key of the configured service by its SHA-256: the key itself, which may be the project's service role key, is in no
/// setting of FlexCrew.
/// </summary>
internal sealed class ServiceKey : IValidateOptions<FlexCrewOptions>
{
    /// <summary>Whether the token is the key. Never where none is configured.</summary>
    public static bool Matches(string token, string? sha256) =>
        HashOf(sha256) is { } expected && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), expected);

    public ValidateOptionsResult Validate(string? name, FlexCrewOptions options) =>
        Problem(options.ServiceKeySha256) is { } problem
            ? ValidateOptionsResult.Fail($"{FlexCrewOptions.Section}__{nameof(FlexCrewOptions.ServiceKeySha256)} {problem}")
            : ValidateOptionsResult.Success;

    private static string? Problem(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : HashOf(text) is not { } hash ? "must be a SHA-256 in 64 hexadecimal digits"
        : hash.AsSpan().SequenceEqual(SHA256.HashData([])) ? "is the SHA-256 of nothing: the key was empty when it was computed"
        : null;

    private static byte[]? HashOf(string? text) =>
        text?.Trim() is { Length: 64 } digits && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
}
