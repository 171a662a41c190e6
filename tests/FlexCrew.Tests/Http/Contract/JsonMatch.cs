using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlexCrew.Tests.Http.Contract;

/// <summary>Compares JSON with what is expected, exactly but for the patterns in it.</summary>
public static class JsonMatch
{
    /// <summary>The differences, each with its path; none when it matches. The order of keys counts.</summary>
    public static IEnumerable<string> Differences(JsonNode? expected, JsonNode? actual, string path = "$") => expected switch
    {
        JsonObject members =>
            actual is JsonObject told ? Members(members, told, path) : [$"{path}: an object was expected, not {Show(actual)}"],
        JsonArray items => actual is JsonArray list && list.Count == items.Count
            ? items.SelectMany((item, index) => Differences(item, list[index], $"{path}[{index}]"))
            : [$"{path}: an array of {items.Count} was expected, not {Show(actual)}"],
        JsonValue value when value.TryGetValue<string>(out var text) =>
            Text(text, actual) ? [] : [$"{path}: {text} was expected, not {Show(actual)}"],
        _ => JsonNode.DeepEquals(expected, actual) ? [] : [$"{path}: {Show(expected)} was expected, not {Show(actual)}"],
    };

    /// <summary>Whether a text equals the expected one, or matches it when that is a pattern between slashes.</summary>
    public static bool Text(string expected, string? actual) =>
        expected is ['/', _, .., '/'] && expected[1] == '^'
            ? actual is not null && Regex.IsMatch(actual, expected[1..^1].Replace("$", @"\z", StringComparison.Ordinal))
            : expected == actual;

    private static IEnumerable<string> Members(JsonObject expected, JsonObject actual, string path)
    {
        var isOpen = expected.ContainsKey("...");
        var keys = expected.Select(member => member.Key).Where(key => key != "...").ToArray();
        var told = actual.Select(member => member.Key).ToArray();
        if (isOpen ? keys.Except(told).Any() : !keys.SequenceEqual(told))
            yield return $"{path}: the keys {string.Join(", ", keys)} were expected, not {string.Join(", ", told)}";
        foreach (var difference in keys.Intersect(told).SelectMany(key => Differences(expected[key], actual[key], $"{path}.{key}")))
            yield return difference;
    }

    private static bool Text(string expected, JsonNode? actual) => expected switch
    {
        "{{any}}" => true,
        "{{string}}" => actual?.GetValueKind() == JsonValueKind.String,
        "{{number}}" => actual?.GetValueKind() == JsonValueKind.Number,
        "{{object}}" => actual is JsonObject,
        "{{array}}" => actual is JsonArray,
        _ => actual?.GetValueKind() == JsonValueKind.String && Text(expected, actual.GetValue<string>()),
    };

    private static string Show(JsonNode? node) => node?.ToJsonString() ?? "null";
}
