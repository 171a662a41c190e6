using System.Globalization;

namespace FlexCrew.Http.Protocol;

/// <summary>Times in answers: UTC, whole seconds, as Durable writes them.</summary>
internal static class Timestamp
{
    internal static string Of(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
