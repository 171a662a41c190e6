using FlexCrew.Contract;
using FlexCrew.Http.Protocol;

namespace FlexCrew.Http.Endpoints;

/// <summary>The answers to a request for a sync that was found valid.</summary>
internal static class SyncReplies
{
    /// <summary>The header <c>Retry-After</c>: seconds after which to ask again.</summary>
    internal const string RetryAfter = "2";

    private static readonly DepartmentSummary StillRunningNote = new() { Note = "sync still running" };

    /// <summary>The request names departments, and FlexCrew knows none of them: there is nothing to do, which is no mistake.</summary>
    internal static Reply Nothing(Guid jobId) =>
        Replies.Json(200, new SyncJobResult(true, jobId, new Dictionary<string, DepartmentSummary>()));

    /// <summary>
    /// 200 with the summary once the run has ended, even if departments failed: the summary names their errors. 500 if the run itself
    /// broke.
    /// </summary>
    internal static Reply Ended(SyncRun run) => run is { RuntimeStatus: "Completed", Output: { } result }
        ? Replies.Json(200, result)
        : Replies.Json(500, new { ok = false, error = "Sync failed", id = run.InstanceId });

    /// <summary>Where to ask for the result. Each department is said to run still, also one that has ended, as callers expect.</summary>
    internal static Reply StillRunning(SyncJobRequest request, StatusLink link) => Replies.Json(202, new
    {
        ok = true,
        job_id = request.JobId,
        id = request.InstanceId,
        statusQueryGetUri = link.Absolute,
        summary = request.Departments.ToDictionary(department => department, _ => StillRunningNote),
    });
}
