using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlexCrew.Tests.Http.Contract;

/// <summary>Fills in <c>{{name}}</c> and <c>{{name:detail}}</c>.</summary>
public sealed partial class Placeholders(ContractFile file, ContractServer server)
{
    private readonly Dictionary<string, string> saved = [];

    public void Save(string name, string value) => saved["saved:" + name] = value;

    public string Fill(string text) => Form().Replace(text, match => Value(match.Groups[1].Value) ?? match.Value);

    public JsonNode? Fill(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(Fill(member.Key), Fill(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Fill)]),
        JsonValue value when value.TryGetValue<string>(out var text) => Fill(text),
        _ => node?.DeepClone(),
    };

    private string? Value(string name)
    {
        if (name.StartsWith("long:", StringComparison.Ordinal))
            return new string('a', int.Parse(name[5..], CultureInfo.InvariantCulture));
        if (name.StartsWith("token:", StringComparison.Ordinal))
            return TokenMint.Mint((JsonObject)Fill(file.Token(name[6..]))!, server.Issuer, server.JwtSecret, DateTimeOffset.UtcNow);
        return name == "base" ? server.Base.GetLeftPart(UriPartial.Authority)
            : saved.GetValueOrDefault(name) ?? server.Values.GetValueOrDefault(name);
    }

    [GeneratedRegex(@"\{\{([a-z][a-z0-9_]*(?::[a-z0-9_]+)?)\}\}")]
    private static partial Regex Form();
}
