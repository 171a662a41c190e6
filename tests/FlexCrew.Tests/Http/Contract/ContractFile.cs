using System.Text.Json.Nodes;

namespace FlexCrew.Tests.Http.Contract;

/// <summary>The cases of <c>tests/smoke/contract-cases.json</c>, those with <c>each</c> multiplied.</summary>
public sealed class ContractFile
{
    private readonly JsonObject root;

    private ContractFile(JsonObject root) => this.root = root;

    public static ContractFile Load() =>
        new((JsonObject)JsonNode.Parse(File.ReadAllText(RepositoryFiles.PathOf("tests/smoke/contract-cases.json")))!);

    /// <summary>What every answer must have and never have.</summary>
    public JsonObject Every => (JsonObject)root["every"]!;

    public JsonNode Token(string name) => root["tokens"]![name] ?? throw new KeyNotFoundException($"no recipe for token '{name}'");

    public IEnumerable<string> TokenNames => ((JsonObject)root["tokens"]!).Select(token => token.Key);

    public IEnumerable<ContractCase> Cases() => root["cases"]!.AsArray().SelectMany(node => Multiply((JsonObject)node!));

    private static IEnumerable<ContractCase> Multiply(JsonObject node)
    {
        var name = node["name"]!.GetValue<string>();
        var needs = node["needs"]?.GetValue<string>();
        var steps = node["steps"]?.AsArray()
            ?? [new JsonObject { ["send"] = node["send"]!.DeepClone(), ["expect"] = node["expect"]!.DeepClone() }];
        if (node["each"] is not JsonObject each)
            return [new ContractCase(name, needs, steps)];
        return each.Single().Value!.AsArray().Select((value, index) =>
            new ContractCase($"{name} [{index}]", needs, (JsonArray)Replace(steps, value!)!));
    }

    private static JsonNode? Replace(JsonNode? node, JsonNode value) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Replace(member.Value, value)))),
        JsonArray items => new JsonArray([.. items.Select(item => Replace(item, value))]),
        JsonValue text when text.TryGetValue<string>(out var whole) && whole == "{{each}}" => value.DeepClone(),
        JsonValue text when text.TryGetValue<string>(out var part) => part.Replace("{{each}}", value.ToString(), StringComparison.Ordinal),
        _ => node?.DeepClone(),
    };
}

/// <summary>A case.</summary>
/// <param name="Name">Its name, a sentence.</param>
/// <param name="Needs">What the server must be brought into; null for one in good health.</param>
/// <param name="Steps">Requests and what they must be answered, in order.</param>
public sealed record ContractCase(string Name, string? Needs, JsonArray Steps)
{
    public override string ToString() => Name;
}
