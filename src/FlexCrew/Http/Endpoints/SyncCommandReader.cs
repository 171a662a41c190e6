using System.Text.Json;
using System.Text.Unicode;
using FlexCrew.Http.Protocol;

namespace FlexCrew.Http.Endpoints;

/// <summary>Reads the body of a sync request. Every mistake has a sentence of ours; unknown properties are ignored.</summary>
internal static class SyncCommandReader
{
    private const int MaxDepth = 16;
    private const int MaxDepartments = 50;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>The command, or what is wrong with the body.</summary>
    internal static (SyncCommand? Command, string? Error) Read(ReadOnlyMemory<byte> body)
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
                ? Read(document.RootElement)
                : (null, "Request body must be a JSON object");
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            return (null, $"Request body must be valid JSON, without repeated properties and at most {MaxDepth} levels deep");
        }
    }

    private static (SyncCommand?, string?) Read(JsonElement body)
    {
        if (IsMissing(body, "job_id", out var job))
            return (null, "Missing job_id");
        if (job.ValueKind != JsonValueKind.String || Uuid.Parse(job.GetString()) is not { } jobId)
            return (null, Replies.MalformedJobId);
        if (Departments(body) is var (departments, error) && error is not null)
            return (null, error);
        if (Flag(body, "prune_orphans", otherwise: true) is not { } prune)
            return (null, "prune_orphans must be true or false");
        if (Flag(body, "dry_run", otherwise: false) is not { } dryRun)
            return (null, "dry_run must be true or false");
        return (new SyncCommand(jobId, departments, prune, dryRun), null);
    }

    private static (IReadOnlyList<string>? Departments, string? Error) Departments(JsonElement body)
    {
        if (!body.TryGetProperty("departments", out var listed) || listed.ValueKind == JsonValueKind.Null)
            return (null, null);
        if (listed.ValueKind != JsonValueKind.Array || listed.EnumerateArray().Any(each => each.ValueKind != JsonValueKind.String))
            return (null, "departments must be an array of strings");
        return listed.GetArrayLength() switch
        {
            0 => (null, null),
            > MaxDepartments => (null, $"departments must have at most {MaxDepartments} entries"),
            _ => (KnownDepartments.Of(listed.EnumerateArray().Select(each => each.GetString())), null),
        };
    }

    private static bool IsMissing(JsonElement body, string name, out JsonElement value) =>
        !body.TryGetProperty(name, out value)
        || value.ValueKind == JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""));

    private static bool? Flag(JsonElement body, string name, bool otherwise) =>
        !body.TryGetProperty(name, out var value) ? otherwise : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
}
