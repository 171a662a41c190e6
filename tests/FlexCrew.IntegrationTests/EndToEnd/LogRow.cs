using System.Text.Json.Nodes;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>A row of <c>flex_sync_log</c>, as a test looks at it.</summary>
internal sealed record LogRow
{
    public const string Query =
        """
        select job_id as JobId, department as Department, status as Status, triggered_by as TriggeredBy, kind as Kind,
               technician_id as TechnicianId, correlation_id as CorrelationId,
               attempt as Attempt, crew_call_id as CrewCallId, added_count as Added, removed_count as Removed, kept_count as Kept,
               failed_count as Failed, roles_set as RolesSet, flex_requests as FlexRequests, duration_ms as DurationMs,
               coalesce(errors::text, '{}') as Errors, next_retry_at is not null as WaitsForRetry, finished_at - started_at as Took
        from public.flex_sync_log order by finished_at, id
        """;

    public Guid JobId { get; init; }

    public string Department { get; init; } = "";

    public string Status { get; init; } = "";

    public string TriggeredBy { get; init; } = "";

    public string Kind { get; init; } = "";

    public Guid? TechnicianId { get; init; }

    public string CorrelationId { get; init; } = "";

    public int Attempt { get; init; }

    public Guid? CrewCallId { get; init; }

    public int Added { get; init; }

    public int Removed { get; init; }

    public int Kept { get; init; }

    public int Failed { get; init; }

    public int RolesSet { get; init; }

    public int FlexRequests { get; init; }

    public long DurationMs { get; init; }

    public string Errors { get; init; } = "{}";

    public bool WaitsForRetry { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>What became of each technician: id and outcome.</summary>
    public IReadOnlyList<(Guid? Technician, string Outcome)> Technicians =>
        [.. (JsonNode.Parse(Errors)!["technicians"]?.AsArray() ?? [])
            .Select(each => ((Guid?)each!["technician_id"], (string)each["outcome"]!))];

    /// <summary>The sentences of what failed.</summary>
    public IReadOnlyList<string> Sentences => [.. (JsonNode.Parse(Errors)!["errors"]?.AsArray() ?? []).Select(each => (string)each!)];
}
