using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlexSimulator;

/// <summary>Durations in JSON are numbers of milliseconds; <c>"hh:mm:ss.fff"</c> is read too.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = reader.TokenType switch
        {
            JsonTokenType.Number => TimeSpan.FromMilliseconds(Math.Clamp(reader.GetDouble(), -1, Longest.TotalMilliseconds + 1)),
            JsonTokenType.String when TimeSpan.TryParse(reader.GetString(), CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => throw new JsonException("A duration is a number of milliseconds."),
        };
        return value >= TimeSpan.Zero && value <= Longest
            ? value
            : throw new JsonException("A duration is between 0 and a day.");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Math.Round(value.TotalMilliseconds, 3));
}
