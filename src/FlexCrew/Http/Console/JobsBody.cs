using System.Text.Json.Serialization;
using FlexCrew.Comparison;
using FlexCrew.Locking;

namespace FlexCrew.Http;

/// <summary>A list of jobs.</summary>
internal sealed record JobsBody([property: JsonPropertyName("jobs")] IReadOnlyList<JobBody> Jobs)
{
    [JsonPropertyName("ok"), JsonPropertyOrder(-1)] public bool Ok { get; } = true;
}

/// <summary>A job of the list.</summary>
internal sealed record JobBody
{
    [JsonPropertyName("id")] public required Guid Id { get; init; }

    [JsonPropertyName("title")] public string? Title { get; init; }

    [JsonPropertyName("status")] public string? Status { get; init; }

    [JsonPropertyName("start_time")] public string? StartTime { get; init; }

    [JsonPropertyName("end_time")] public string? EndTime { get; init; }

    [JsonPropertyName("departments")] public required IReadOnlyList<JobDepartmentBody> Departments { get; init; }

    internal static JobBody Of(JobState state, IReadOnlySet<LeaseKey> running) => new()
    {
        Id = state.Job.Id,
        Title = state.Job.Title,
        Status = state.Job.Status,
        StartTime = ConsoleTime.Of(state.Job.StartTime),
        EndTime = ConsoleTime.Of(state.Job.EndTime),
        Departments = [.. state.Departments.Select(department =>
            JobDepartmentBody.Of(department, running.Contains(new LeaseKey(state.Job.Id, department.Department))))],
    };
}

/// <summary>A department of a job.</summary>
internal sealed record JobDepartmentBody
{
    [JsonPropertyName("department")] public required string Department { get; init; }

    [JsonPropertyName("state")] public required string State { get; init; }

    [JsonPropertyName("running")] public required bool Running { get; init; }

    [JsonPropertyName("flex_element_id")] public string? ElementId { get; init; }

    [JsonPropertyName("shared")] public required bool Shared { get; init; }

    [JsonPropertyName("crew_calls")] public required int CrewCalls { get; init; }

    [JsonPropertyName("assigned")] public required int Assigned { get; init; }

    [JsonPropertyName("mapped")] public required int Mapped { get; init; }

    [JsonPropertyName("to_add")] public required int ToAdd { get; init; }

    [JsonPropertyName("to_remove")] public required int ToRemove { get; init; }

    [JsonPropertyName("without_resource")] public required int WithoutResource { get; init; }

    [JsonPropertyName("last_run")] public LastRunBody? LastRun { get; init; }

    [JsonPropertyName("drift")] public LastDriftBody? Drift { get; init; }

    internal static JobDepartmentBody Of(DepartmentState state, bool running) => new()
    {
        Department = state.Department,
        State = state.State,
        Running = running,
        ElementId = state.ElementId,
        Shared = state.IsShared,
        CrewCalls = state.CrewCalls,
        Assigned = state.Assigned,
        Mapped = state.Mapped,
        ToAdd = state.ToAdd,
        ToRemove = state.ToRemove,
        WithoutResource = state.WithoutResource,
        LastRun = state.Run is { } run
            ? new LastRunBody(run.Status, ConsoleTime.Of(run.StartedAt), ConsoleTime.Of(run.NextRetryAt), run.DurationMs)
            : null,
        Drift = state.Drift is { } drift
            ? new LastDriftBody(ConsoleTime.Of(drift.StartedAt), Details.CountOf(drift.Details, "differences"))
            : null,
    };
}

/// <summary>The newest run of a department.</summary>
internal sealed record LastRunBody(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("started_at")] string StartedAt,
    [property: JsonPropertyName("next_retry_at")] string? NextRetryAt,
    [property: JsonPropertyName("duration_ms")] long DurationMs);

/// <summary>The newest drift check of a department that found something.</summary>
internal sealed record LastDriftBody(
    [property: JsonPropertyName("found_at")] string FoundAt,
    [property: JsonPropertyName("differences")] int Differences);
