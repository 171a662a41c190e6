using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlexSimulator;

/// <summary>What a request is answered with.</summary>
internal sealed record Answer(int Status, byte[] Body, string? ContentType)
{
    public const string Json = "application/json;charset=UTF-8";
    public const string Html = "text/html;charset=UTF-8";

    private static readonly JsonSerializerOptions Plain = new();

    /// <summary>Headers besides Content-Type and Content-Length.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The request has changed the world.</summary>
    public bool Committed { get; init; }

    /// <summary>The lines that it made, changed or removed.</summary>
    public IReadOnlyList<string> LineIds { get; init; } = [];

    public static Answer Of(JsonNode? body, int status = 200) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(body, Plain), Json);

    public static Answer Text(string body, string? contentType, int status = 200) =>
        new(status, System.Text.Encoding.UTF8.GetBytes(body), contentType);

    public static Answer Empty(int status = 200) => new(status, [], null);

    public static Answer Error(int status, string message) =>
        Of(new JsonObject { ["exceptionMessage"] = message }, status);
}
