using System.Text.Json;
using System.Text.Unicode;

namespace FlexCrew.Http.Protocol;

/// <summary>Reads a body that must be one JSON object. Every mistake has a sentence of ours; unknown properties are ignored.</summary>
internal static class JsonBody
{
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>What <paramref name="read"/> makes of the object, or what is wrong with the body.</summary>
    internal static (T? Read, string? Error) Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, (T?, string?)> read) where T : class
    {
        if (body.Span.StartsWith("\uFEFF"u8))
            body = body[3..];
        if (body.IsEmpty)
            return (null, "Missing request body");
        if (!Utf8.IsValid(body.Span))
            return (null, "Request body is not valid UTF-8");
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? read(document.RootElement)
                : (null, "Request body must be a JSON object");
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            return (null, $"Request body must be valid JSON, without repeated properties and at most {MaxDepth} levels deep");
        }
    }

    /// <summary>A UUID of the object, or what is wrong with it.</summary>
    internal static (Guid? Value, string? Error) Uuid(JsonElement body, string name) =>
        IsMissing(body, name, out var value) ? (null, $"Missing {name}")
        : value.ValueKind == JsonValueKind.String && FlexCrew.Uuid.Parse(value.GetString()) is { } id ? (id, null)
        : (null, Replies.NoUuid(name));

    /// <summary>Whether a property is absent, null or an empty text.</summary>
    internal static bool IsMissing(JsonElement body, string name, out JsonElement value) =>
        !body.TryGetProperty(name, out value)
        || value.ValueKind == JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""));
}
