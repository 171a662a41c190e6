using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace FlexCrew.Http.Protocol;

/// <summary>The preferences of RFC 7240 that a sync honours.</summary>
/// <param name="RespondAsync">Whether the caller would rather have a 202 than wait.</param>
/// <param name="Wait">How long the caller is willing to wait; null when it does not say.</param>
internal readonly record struct Prefer(bool RespondAsync, TimeSpan? Wait)
{
    /// <summary>Reads all <c>Prefer</c> headers. What is not understood is ignored; of repeated preferences the first counts.</summary>
    internal static Prefer Parse(StringValues headers)
    {
        bool? respondAsync = null;
        TimeSpan? wait = null;
        var isWaitSeen = false;
        foreach (var preference in Split(string.Join(',', headers.AsEnumerable()), ','))
        {
            var (name, value) = Pair(Split(preference, ';').First());
            if (name == "respond-async")
                respondAsync ??= value.Length == 0;
            else if (name == "wait" && !isWaitSeen)
                (isWaitSeen, wait) = (true, Seconds(value));
        }
        return new Prefer(respondAsync ?? false, wait);
    }

    /// <summary>
    /// How long to wait for the result: as long as preferred, but not beyond <paramref name="longest"/>.
    /// Together the two preferences mean: wait that long, then answer 202.
    /// </summary>
    internal TimeSpan Limit(TimeSpan longest)
    {
        var preferred = Wait ?? (RespondAsync ? TimeSpan.Zero : longest);
        return preferred < longest ? preferred : longest;
    }

    private static TimeSpan? Seconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    private static (string Name, string Value) Pair(string text)
    {
        var at = text.IndexOf('=');
        return at < 0
            ? (text.Trim().ToLowerInvariant(), "")
            : (text[..at].Trim().ToLowerInvariant(), text[(at + 1)..].Trim().Trim('"'));
    }

    /// <summary>Splits at a separator, but not within a quoted string.</summary>
    private static IEnumerable<string> Split(string text, char separator)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '\\')
                i++;
            else if (text[i] == '"')
                isQuoted = !isQuoted;
            else if (text[i] == separator && !isQuoted)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }
        yield return text[start..];
    }
}
