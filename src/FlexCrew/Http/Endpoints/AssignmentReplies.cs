using System.Text.Json.Serialization;
using FlexCrew.Contract;
using FlexCrew.Http.Protocol;
using FlexCrew.Planning;
using FlexCrew.Security;

namespace FlexCrew.Http.Endpoints;

/// <summary>
/// The answers of <see cref="AssignmentEndpoint"/>, in the words of the original: callers look for some of them in <c>message</c>.
/// </summary>
internal static class AssignmentReplies
{
    internal static readonly Reply TechnicianNotFound = Error(404, "Technician not found");

    internal static readonly Reply CrewCallNotFound = Error(404, "Crew call not found for this job and department");

    internal static readonly Reply NoFlexToken = Error(500, "Flex authentication not configured");

    internal static readonly Reply InvalidAction = Error(400, "Invalid action");

    internal static readonly Reply NoResource = Done("Technician has no Flex resource ID, skipped API call");

    internal static readonly Reply ServiceMayOnlyAdd = Error(403, "Forbidden: insufficient permissions");

    internal static Reply Error(int status, string error) => Replies.Json(status, new { error });

    internal static Reply Denied(Authorization authorization) => authorization is Authorization.Denied denied
        ? Error(denied.Status, denied.Error)
        : throw new ArgumentException("The caller was not denied", nameof(authorization));

    /// <summary>The answer of a command whose run has ended.</summary>
    internal static Reply Ended(PersonAction action, SyncRun run)
    {
        if (run is not { RuntimeStatus: "Completed", Output.Summary: { Count: > 0 } summaries })
            return Error(500, "Internal server error");
        var summary = summaries.Values.Single();
        if (summary.Errors is { } errors)
            return Error(500, string.Join("; ", errors));
        if (summary.Note is not null)
            return CrewCallNotFound;
        return Done(Message(action, summary), summary.FlexLineItemId, [
            .. summary.Diagnostics ?? [], .. summary.BusinessRoleDiagnostics ?? [],
        ]);
    }

    internal static Reply StillRunning(SyncJobRequest request, StatusLink link) => Replies.Json(202, new
    {
        success = true,
        message = "Flex crew assignment still running",
        job_id = request.JobId,
        id = request.InstanceId,
        statusQueryGetUri = link.Absolute,
    });

    private static string Message(PersonAction action, DepartmentSummary summary) => (action, summary) switch
    {
        (PersonAction.Add, { Added: > 0 }) => "Resource added to crew call",
        (PersonAction.Add, { Kept: > 0 }) => "Assignment already exists (role updated if applicable)",
        (PersonAction.Add, _) => "Technician has no Flex resource ID, skipped API call",
        (_, { Removed: > 0 }) => "Resource removed from crew call",
        _ => "No assignment to remove",
    };

    private static Reply Done(string message, string? lineItemId = null, IReadOnlyList<string>? diagnostics = null) =>
        Replies.Json(200, new AssignmentBody(true, message, lineItemId, diagnostics is { Count: > 0 } ? diagnostics : null));

    private sealed record AssignmentBody(
        [property: JsonPropertyName("success")] bool Success,
        [property: JsonPropertyName("message")] string Message,
        [property: JsonPropertyName("flex_line_item_id")] string? LineItemId,
        [property: JsonPropertyName("diagnostics")] IReadOnlyList<string>? Diagnostics);
}
