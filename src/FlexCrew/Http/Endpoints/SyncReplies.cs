using FlexCrew.Contract;
using FlexCrew.Http.Protocol;

namespace FlexCrew.Http.Endpoints;

/// <summary>The answers of a sync that was accepted.</summary>
internal static class SyncReplies
{
    /// <summary>Seconds after which to ask again.</summary>
    internal const string RetryAfter = "2";

    private static readonly DepartmentSummary StillRunningNote = new() { Note = "sync still running" };

    /// <summary>None of the departments exists: there is nothing to do, which is no mistake.</summary>
    internal static Reply Nothing(Guid jobId) =>
        Replies.Json(200, new SyncJobResult(true, jobId, new Dictionary<string, DepartmentSummary>()));

    internal static Reply Ended(SyncRun run) => run is { RuntimeStatus: "Completed", Output: { } result }
        ? Replies.Json(200, result)
        : Replies.Json(500, new { ok = false, error = "Sync failed", id = run.InstanceId });

    internal static Reply StillRunning(SyncJobRequest request, StatusLink link) => Replies.Json(202, new
    {
        ok = true,
        job_id = request.JobId,
        id = request.InstanceId,
        statusQueryGetUri = link.Absolute,
        summary = request.Departments.ToDictionary(department => department, _ => StillRunningNote),
    });
}
