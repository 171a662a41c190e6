using System.Globalization;
using System.Text.Json;

namespace FlexCrew.Flex.Reading;

/// <summary>Reads a value that Flex writes either plainly or wrapped in an object, such as <c>{ "data": … }</c>.</summary>
internal static class FlexValue
{
    private static readonly string[] IdKeys = ["data", "id", "value"];
    private static readonly string[] TextKeys = ["data", "id", "value", "preferredDisplayString", "displayString", "name"];

    /// <summary>An id: a string or number, or an object that holds one; null when there is none.</summary>
    public static string? Id(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Object => Inner(value, IdKeys).Select(Id).FirstOrDefault(id => id is not null),
        _ => null,
    };

    /// <summary>The id under the first of the names that has one.</summary>
    public static string? Id(JsonElement holder, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Member(holder, name) is { } value && Id(value) is { } id)
                return id;
        }

        return null;
    }

    /// <summary>The texts of a value, the most exact first: its value, its id, its names. None when it tells nothing.</summary>
    public static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Number => [value.GetRawText()],
        JsonValueKind.Null => [""],
        JsonValueKind.Object => Inner(value, TextKeys).SelectMany(Texts),
        _ => [],
    };

    /// <summary>Whether there is any text that is not blank under the name.</summary>
    public static bool HasText(JsonElement holder, string name) =>
        Member(holder, name) is { } value && Texts(value).Any(text => !string.IsNullOrWhiteSpace(text));

    /// <summary>True or false under the name, also as a text; null when neither stands there.</summary>
    public static bool? Truth(JsonElement holder, string name) => Member(holder, name) is { } value ? Truth(value) : null;

    /// <summary>
    /// A whole number that is not negative under the name, also as a text; null when none stands there. A number with
    /// decimals is an amount of money and counts nothing.
    /// </summary>
    public static long? Count(JsonElement holder, string name) =>
        Member(holder, name) is { ValueKind: JsonValueKind.Number or JsonValueKind.String } value
        && long.TryParse(Texts(value).Single(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;

    /// <summary>What stands under the name; null when the holder is no object or has no such name.</summary>
    public static JsonElement? Member(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) ? value : null;

    private static bool? Truth(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => bool.TryParse(value.GetString(), out var truth) ? truth : null,
        JsonValueKind.Object => Inner(value, IdKeys).Select(Truth).FirstOrDefault(truth => truth is not null),
        _ => null,
    };

    private static IEnumerable<JsonElement> Inner(JsonElement value, string[] keys) =>
        keys.Select(key => Member(value, key)).OfType<JsonElement>();
}
