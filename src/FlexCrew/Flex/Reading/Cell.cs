using System.Text.Json;

namespace FlexCrew.Flex.Reading;

/// <summary>Reads a value that Flex writes plainly or wrapped in an object.</summary>
internal static class Cell
{
    private static readonly string[] IdKeys = ["data", "id", "value"];
    private static readonly string[] TextKeys = ["data", "id", "value", "preferredDisplayString", "displayString", "name"];

    /// <summary>An id: a string or number, or an object that holds one; null when there is none.</summary>
    public static string? Id(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.String => cell.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null,
        JsonValueKind.Number => cell.GetRawText(),
        JsonValueKind.Object => Values(cell, IdKeys).Select(Id).FirstOrDefault(id => id is not null),
        _ => null,
    };

    /// <summary>The id under the first of the names that has one.</summary>
    public static string? Id(JsonElement row, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value) && Id(value) is { } id)
                return id;
        }

        return null;
    }

    /// <summary>The texts of a cell, best first: its value, its id, its names. None when it tells nothing.</summary>
    public static IEnumerable<string> Texts(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.String => [cell.GetString()!],
        JsonValueKind.Number => [cell.GetRawText()],
        JsonValueKind.Null => [""],
        JsonValueKind.Object => Values(cell, TextKeys).SelectMany(Texts),
        _ => [],
    };

    private static IEnumerable<JsonElement> Values(JsonElement cell, string[] keys)
    {
        foreach (var key in keys)
        {
            if (cell.TryGetProperty(key, out var value))
                yield return value;
        }
    }
}
