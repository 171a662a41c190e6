using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlexCrew.IntegrationTests.OpenApi;

/// <summary>
/// Validates JSON against the part of JSON Schema that the document uses; a keyword that it does not know is an error.
/// Notes which properties of which schema it has seen.
/// </summary>
internal sealed class SchemaValidator(JsonObject document)
{
    private static readonly string[] Annotations = ["description", "title", "default", "example", "examples"];

    /// <summary>The properties that were there, by the place of their schema in the document.</summary>
    public HashSet<string> Seen { get; } = [];

    /// <summary>What is wrong with the value; none when it is valid.</summary>
    public IEnumerable<string> Validate(JsonNode? value, JsonNode schema, string at = "$")
    {
        var rules = schema.AsObject();
        foreach (var (keyword, rule) in rules)
            foreach (var problem in Check(keyword, rule!, value, rules, at))
                yield return problem;
    }

    /// <summary>The node that a reference of the document leads to.</summary>
    public JsonNode Resolve(JsonNode node) => node is JsonObject map && map.TryGetPropertyValue("$ref", out var reference)
        ? Resolve(((string)reference!).Split('/').Skip(1).Aggregate(
            (JsonNode)document, (at, key) => at[key] ?? throw new KeyNotFoundException($"{reference} leads nowhere")))
        : node;

    private IEnumerable<string> Check(string keyword, JsonNode rule, JsonNode? value, JsonObject rules, string at)
    {
        var map = value as JsonObject;
        var text = value is JsonValue scalar && scalar.GetValueKind() == JsonValueKind.String ? (string)scalar! : null;
        return keyword switch
        {
            "$ref" => Validate(value, Resolve(rules), at),
            "type" => Unless((rule is JsonArray many ? many.Select(one => (string)one!) : [(string)rule!]).Any(type => Is(value, type)), $"is no {rule.ToJsonString()}"),
            "const" => Unless(JsonNode.DeepEquals(value, rule), $"is not {rule.ToJsonString()}"),
            "enum" => Unless(rule.AsArray().Any(one => JsonNode.DeepEquals(value, one)), $"is none of {rule.ToJsonString()}"),
            "pattern" => Unless(text is null || Regex.IsMatch(text, (string)rule!), $"does not match {rule}"),
            "format" => Unless(text is null || HasFormat(text, (string)rule!), $"is no {rule}"),
            "minimum" => Unless(!Is(value, "integer") || (long)value! >= (long)rule, $"is less than {rule}"),
            "minLength" => Unless(text is null || text.Length >= (int)(long)rule, "is too short"),
            "minItems" => Unless(value is not JsonArray few || few.Count >= (long)rule, "has too few items"),
            "maxItems" => Unless(value is not JsonArray lots || lots.Count <= (long)rule, "has too many items"),
            "required" => rule.AsArray().Where(name => map is not null && !map.ContainsKey((string)name!)).Select(name => $"{at} lacks {name}"),
            "items" => value is JsonArray items ? items.SelectMany((item, i) => Validate(item, rule, $"{at}[{i}]")) : [],
            "properties" => map is null ? [] : rule.AsObject().Where(property => map.ContainsKey(property.Key)).SelectMany(property => Noted(property.Value!, map[property.Key], $"{at}.{property.Key}")),
            "propertyNames" => map?.SelectMany(pair => Validate(pair.Key, rule, $"{at} key {pair.Key}")) ?? [],
            "additionalProperties" => map?.Where(pair => rules["properties"]?[pair.Key] is null).SelectMany(pair => rule.GetValueKind() == JsonValueKind.False
                ? [$"{at} has the unknown {pair.Key}"]
                : Validate(pair.Value, rule, $"{at}.{pair.Key}")) ?? [],
            "oneOf" => Unless(rule.AsArray().Count(one => !Validate(value, one!, at).Any()) == 1, "is not exactly one of what is allowed"),
            _ when Annotations.Contains(keyword) => [],
            _ => throw new NotSupportedException($"The validator does not know {keyword}"),
        };

        IEnumerable<string> Unless(bool right, string wrong) => right ? [] : [$"{at} {wrong}: {value?.ToJsonString() ?? "null"}"];
    }

    private IEnumerable<string> Noted(JsonNode schema, JsonNode? value, string at)
    {
        Seen.Add(schema.GetPath());
        return Validate(value, schema, at);
    }

    private static bool Is(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null, type) switch
    {
        (JsonValueKind.Null, "null") or (JsonValueKind.Object, "object") or (JsonValueKind.Array, "array") or (JsonValueKind.String, "string") => true,
        (JsonValueKind.True or JsonValueKind.False, "boolean") => true,
        (JsonValueKind.Number, "integer") => long.TryParse(value!.ToJsonString(), CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    private static bool HasFormat(string text, string format) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "date-time" => Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"),
        _ => throw new NotSupportedException($"The validator does not know the format {format}"),
    };
}
