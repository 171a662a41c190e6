using System.Text.Json;
using FlexCrew.Http.Protocol;

namespace FlexCrew.Http.Endpoints;

/// <summary>Reads the body of a sync request.</summary>
internal static class SyncCommandReader
{
    private const int MaxDepartments = 50;

    /// <summary>The command, or what is wrong with the body.</summary>
    internal static (SyncCommand? Command, string? Error) Read(ReadOnlyMemory<byte> body) => JsonBody.Read<SyncCommand>(body, Read);

    private static (SyncCommand?, string?) Read(JsonElement body)
    {
        var (job, mistake) = JsonBody.Uuid(body, "job_id");
        if (job is not { } jobId)
            return (null, mistake);
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

    private static bool? Flag(JsonElement body, string name, bool otherwise) =>
        !body.TryGetProperty(name, out var value) ? otherwise : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
}
