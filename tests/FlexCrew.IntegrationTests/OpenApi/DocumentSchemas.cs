using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace FlexCrew.IntegrationTests.OpenApi;

/// <summary>
/// The schemas of the document. Notes which properties of which schema were there. A keyword that JSON Schema does not have is an
/// error.
/// </summary>
internal sealed class DocumentSchemas(JsonObject document)
{
    private const string Place = "#/components/schemas/";
    private const string Definitions = "#/$defs/";

    private static readonly BuildOptions Build = new() { Dialect = Dialect.V1_2026 };
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    /// <summary>
    /// The schemas, with the place of each property as its title: titles of what was there come back with the result. (Its schema
    /// locations are not used: in this version they are wrong below <c>items</c>.)
    /// </summary>
    private readonly JsonNode schemas = WithPlaces(document["components"]!["schemas"]!.DeepClone());

    /// <summary>Every property of the schemas, as <c>Schema/properties/name</c>.</summary>
    public IEnumerable<string> Properties => PropertiesOf(schemas).Select(property => property.Place);

    /// <summary>The properties that were there.</summary>
    public HashSet<string> Seen { get; } = [];

    /// <summary>What is wrong with the value; none when it is valid.</summary>
    public IReadOnlyList<string> Validate(JsonNode? value, JsonNode schema)
    {
        var root = schema.DeepClone().AsObject();
        root["$defs"] = schemas.DeepClone();
        // The schemas refer to each other by their place in the document; here they stand where JSON Schema keeps definitions.
        var text = root.ToJsonString().Replace(Place, Definitions, StringComparison.Ordinal);
        using var instance = JsonDocument.Parse(value?.ToJsonString() ?? "null");
        var result = JsonSchema.FromText(text, Build, new Uri($"https://flexcrew.test/{Guid.NewGuid():N}"))
            .Evaluate(instance.RootElement, Options);
        foreach (var detail in result.Details ?? [])
            if (detail.Annotations?.TryGetValue("title", out var place) == true)
                Seen.Add(place.ToString());
        return result.IsValid ? [] : [.. Problems(result)];
    }

    /// <summary>The node that a reference of the document leads to.</summary>
    public JsonNode Resolve(JsonNode node) => node is JsonObject map && map.TryGetPropertyValue("$ref", out var reference)
        ? Resolve(((string)reference!).Split('/').Skip(1).Aggregate(
            (JsonNode)document, (at, key) => at[key] ?? throw new KeyNotFoundException($"{reference} leads nowhere")))
        : node;

    private static IEnumerable<string> Problems(EvaluationResults result) =>
        from detail in (result.Details ?? []).Prepend(result)
        from error in detail.Errors ?? []
        select $"{detail.InstanceLocation} {error.Value}";

    private static JsonNode WithPlaces(JsonNode schemas)
    {
        foreach (var (place, property) in PropertiesOf(schemas).ToList())
            property["title"] = place;
        return schemas;
    }

    private static IEnumerable<(string Place, JsonNode Schema)> PropertiesOf(JsonNode? node, string place = "") => node switch
    {
        JsonObject map => map.SelectMany(pair =>
        {
            var here = place.Length == 0 ? pair.Key : $"{place}/{pair.Key}";
            var own = pair.Key == "properties"
                ? pair.Value!.AsObject().Select(property => ($"{here}/{property.Key}", property.Value!))
                : [];
            return own.Concat(PropertiesOf(pair.Value, here));
        }),
        JsonArray list => list.SelectMany((item, index) => PropertiesOf(item, $"{place}/{index}")),
        _ => [],
    };
}
