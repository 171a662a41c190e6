using System.Text.Json;
using System.Text.Json.Serialization;
using FlexCrew.Database;

namespace FlexCrew.Http;

/// <summary>A list of runs.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Names">Technician → name, of those that the details speak of.</param>
internal sealed record RunsBody(
    [property: JsonPropertyName("runs")] IReadOnlyList<RunBody> Runs,
    [property: JsonPropertyName("names")] IReadOnlyDictionary<string, string> Names)
{
    [JsonPropertyName("ok"), JsonPropertyOrder(-1)] public bool Ok => true;
}

/// <summary>A run of a department, or a drift check.</summary>
internal sealed record RunBody
{
    [JsonPropertyName("id")] public required Guid Id { get; init; }

    [JsonPropertyName("job_id")] public required Guid JobId { get; init; }

    [JsonPropertyName("job_title")] public string? JobTitle { get; init; }

    [JsonPropertyName("department")] public required string Department { get; init; }

    [JsonPropertyName("status")] public required string Status { get; init; }

    [JsonPropertyName("added")] public required int Added { get; init; }

    [JsonPropertyName("removed")] public required int Removed { get; init; }

    [JsonPropertyName("kept")] public required int Kept { get; init; }

    [JsonPropertyName("failed")] public required int Failed { get; init; }

    [JsonPropertyName("roles_set")] public required int RolesSet { get; init; }

    [JsonPropertyName("flex_requests")] public required int FlexRequests { get; init; }

    [JsonPropertyName("duration_ms")] public required long DurationMs { get; init; }

    [JsonPropertyName("attempt")] public required int Attempt { get; init; }

    [JsonPropertyName("next_retry_at")] public string? NextRetryAt { get; init; }

    [JsonPropertyName("triggered_by")] public required string TriggeredBy { get; init; }

    [JsonPropertyName("triggered_by_name")] public string? TriggeredByName { get; init; }

    [JsonPropertyName("instance_id")] public required string InstanceId { get; init; }

    [JsonPropertyName("correlation_id")] public required string CorrelationId { get; init; }

    [JsonPropertyName("started_at")] public required string StartedAt { get; init; }

    [JsonPropertyName("finished_at")] public required string FinishedAt { get; init; }

    [JsonPropertyName("details")] public JsonElement? Details { get; init; }

    internal static RunBody Of(RunRow row) => new()
    {
        Id = row.Id,
        JobId = row.JobId,
        JobTitle = row.JobTitle,
        Department = row.Department,
        Status = row.Status,
        Added = row.Added,
        Removed = row.Removed,
        Kept = row.Kept,
        Failed = row.Failed,
        RolesSet = row.RolesSet,
        FlexRequests = row.FlexRequests,
        DurationMs = row.DurationMs,
        Attempt = row.Attempt,
        NextRetryAt = ConsoleTime.Of(row.NextRetryAt),
        TriggeredBy = row.TriggeredBy,
        TriggeredByName = row.TriggeredByName,
        InstanceId = row.InstanceId,
        CorrelationId = row.CorrelationId,
        StartedAt = ConsoleTime.Of(row.StartedAt),
        FinishedAt = ConsoleTime.Of(row.FinishedAt),
        Details = Http.Details.Of(row.Details),
    };
}
