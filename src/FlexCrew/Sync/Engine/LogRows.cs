using System.Text.Json;
using System.Text.Json.Serialization;
using FlexCrew.Contract;
using FlexCrew.Database;

namespace FlexCrew.Sync;

/// <summary>Makes the log row of a run.</summary>
internal static class LogRows
{
    private static readonly TimeSpan LookForLateWrites = TimeSpan.FromMinutes(1);

    public static SyncLogRow Of(
        DepartmentRun department, DepartmentOutcome outcome, DepartmentSummary summary, DateTimeOffset startedAt, DateTimeOffset finishedAt)
    {
        var request = department.Request;
        var counts = outcome.Status == RunStatus.Coalesced ? new DepartmentSummary() : summary;
        return new SyncLogRow
        {
            JobId = request.JobId,
            Department = department.Department,
            CrewCallId = outcome.CrewCallId,
            InstanceId = request.InstanceId,
            CorrelationId = request.CorrelationId,
            TriggeredBy = request.TriggeredBy,
            Kind = request.Person?.Action.ToString().ToLowerInvariant() ?? SyncLogRow.Sync,
            TechnicianId = request.Person?.TechnicianId,
            Status = outcome.Status.ToString().ToLowerInvariant(),
            Added = counts.Added ?? 0,
            Removed = counts.Removed ?? 0,
            Kept = counts.Kept ?? 0,
            Failed = outcome.FailedCount,
            RolesSet = counts.RolesSet ?? 0,
            FlexRequests = outcome.FlexRequests,
            DurationMs = summary.DurationMs ?? 0,
            ErrorsJson = Errors(outcome, counts),
            PruneOrphans = request.PruneOrphans || (request.Person is not null && outcome.MetUnknown),
            Attempt = request.Attempt,
            RetryAfter = RetryAfter(department, outcome),
            StartedAt = startedAt,
            FinishedAt = finishedAt,
        };
    }

    /// <summary>
    /// A run that failed, wholly or in part, is tried again by the schedule while attempts are left, but not before Flex
    /// wants to be asked again; one that met an unknown outcome is followed by one more, which finds what Flex may have
    /// committed late. The retry of a command is that command: then it deletes second contacts of its person too.
    /// </summary>
    private static TimeSpan? RetryAfter(DepartmentRun department, DepartmentOutcome outcome)
    {
        var schedule = department.Settings.RetrySchedule;
        var left = department.Request.Attempt <= schedule.Count;
        if (outcome.Status is RunStatus.Partial or RunStatus.Failed)
            return left ? TheLongerOf(schedule[department.Request.Attempt - 1], outcome.AskedToWait) : null;
        return outcome.MetUnknown && left ? LookForLateWrites : null;
    }

    private static TimeSpan TheLongerOf(TimeSpan scheduled, TimeSpan? asked) => asked > scheduled ? asked.Value : scheduled;

    private static string? Errors(DepartmentOutcome outcome, DepartmentSummary summary) =>
        summary.Errors is null && summary.BusinessRoleDiagnostics is null && summary.Diagnostics is null && outcome.Technicians.Count == 0
            ? null
            : JsonSerializer.Serialize(new LoggedErrors(
                summary.Errors, summary.BusinessRoleDiagnostics, summary.Diagnostics, outcome.Technicians));

    private sealed record LoggedErrors(
        [property: JsonPropertyName("errors"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Errors,
        [property: JsonPropertyName("business_roles"),
            JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? BusinessRoles,
        [property: JsonPropertyName("diagnostics"),
            JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Diagnostics,
        [property: JsonPropertyName("technicians")] IReadOnlyList<TechnicianOutcome> Technicians);
}
