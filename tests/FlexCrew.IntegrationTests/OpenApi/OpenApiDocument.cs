using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlexCrew.Tests;

namespace FlexCrew.IntegrationTests.OpenApi;

/// <summary><c>docs/openapi.yaml</c>: says of an answer what is wrong with it, and keeps what was answered.</summary>
internal sealed class OpenApiDocument
{
    private readonly DocumentSchemas schemas;

    public OpenApiDocument()
    {
        Root = YamlJson.Read(RepositoryFiles.PathOf("docs", "openapi.yaml")).AsObject();
        schemas = new DocumentSchemas(Root);
    }

    public JsonObject Root { get; }

    /// <summary>Every answer that the document promises: method, path, status.</summary>
    public IEnumerable<string> Promised =>
        from path in Root["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        from status in operation.Key == "x-other-methods" ? ["405"] : operation.Value!["responses"]!.AsObject().Select(answer => answer.Key)
        select $"{operation.Key} {path.Key} {status}";

    /// <summary>What was answered, in the form of <see cref="Promised"/>.</summary>
    public HashSet<string> Answered { get; } = [];

    /// <summary>The properties of answers that were never there.</summary>
    public IEnumerable<string> NeverSeen =>
        schemas.Properties
            .Where(property => !Requests.Any(request => property.StartsWith(request + "/", StringComparison.Ordinal)))
            .Except(schemas.Seen);

    /// <summary>The schemas of bodies that are sent, and not answered.</summary>
    public static readonly string[] Requests = ["SyncRequest", "AssignmentRequest"];

    /// <summary>Asserts that the document has this answer, with these headers and this body.</summary>
    public async Task CheckAsync(HttpResponseMessage response)
    {
        var path = response.RequestMessage!.RequestUri!.AbsolutePath["/functions/v1".Length..];
        var (template, item) = Root["paths"]!.AsObject().Where(each => Fits(path, each.Key)).OrderBy(each => each.Key.Contains('{'))
            .First();
        var method = response.RequestMessage.Method.Method.ToLowerInvariant();
        var (key, status) = (item![method] is null ? "x-other-methods" : method, ((int)response.StatusCode).ToString());
        var promised = key == "x-other-methods" ? item[key] : item[key]!["responses"]![status];
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(promised is not null && (status == "405") == (key == "x-other-methods"),
            $"{method} {template} is not documented to answer {status}: {body}");
        var answer = schemas.Resolve(promised);
        Answered.Add($"{key} {template} {status}");

        var problems = Headers(response, answer["headers"]!.AsObject()).Concat(Body(response, body, answer["content"]?.AsObject()))
            .ToList();
        Assert.True(problems.Count == 0,
            $"{method} {path} answered {status}, which is not as documented:\n{string.Join('\n', problems)}\n{body}");
    }

    public IReadOnlyList<string> Problems(JsonNode? value, string schema) =>
        schemas.Validate(value, new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" });

    public JsonNode Resolve(JsonNode node) => schemas.Resolve(node);

    private IEnumerable<string> Headers(HttpResponseMessage response, JsonObject headers) =>
        from header in headers
        let values = response.Headers.Concat(response.Content.Headers)
            .FirstOrDefault(each => each.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase)).Value
        from problem in values is null ? [$"the header {header.Key} is missing"]
            : schemas.Validate(string.Join(", ", values), header.Value!["schema"]!).Select(wrong => $"the header {header.Key}: {wrong}")
        select problem;

    private IEnumerable<string> Body(HttpResponseMessage response, string body, JsonObject? content)
    {
        if (content is null) return body.Length == 0 ? [] : ["there is a body"];
        var (type, media) = content.Single();
        if (response.Content.Headers.ContentType?.ToString().Replace(" ", "", StringComparison.Ordinal) != type)
            return [$"the type is {response.Content.Headers.ContentType} instead of {type}"];
        return schemas.Validate(type == "application/json" ? JsonNode.Parse(body) : body, media!["schema"]!);
    }

    private static bool Fits(string path, string template) => Regex.IsMatch(path, $"^{Regex.Replace(template, @"\{[^}]+\}", "[^/]+")}$");
}
