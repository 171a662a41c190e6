using System.Text.Json.Serialization;

namespace FlexCrew.Sync;

/// <summary>How a department's run ended; the log's <c>status</c> in lower case.</summary>
public enum RunStatus
{
    /// <summary>Everything is as it should be.</summary>
    Succeeded,

    /// <summary>Some of it failed.</summary>
    Partial,

    /// <summary>Nothing, or not enough, could be done.</summary>
    Failed,

    /// <summary>Another run answered it.</summary>
    Coalesced,

    /// <summary>There was nothing to sync with: no crew call is mapped.</summary>
    Skipped,
}

/// <summary>What a department's run came to.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Summary">What the caller sees.</param>
/// <param name="Technicians">What became of each technician it touched.</param>
/// <param name="CrewCallId">The crew call, if it got so far.</param>
/// <param name="FlexRequests">Requests sent to Flex.</param>
/// <param name="MetUnknown">Whether a write had an unknown outcome: then one more sync a minute later finds what came late.</param>
/// <param name="Failures">How many things failed.</param>
/// <param name="AskedToWait">The longest wait that Flex asked for and that did not end within the run.</param>
internal sealed record DepartmentOutcome(
    RunStatus Status,
    DepartmentSummary Summary,
    IReadOnlyList<TechnicianOutcome> Technicians,
    Guid? CrewCallId = null,
    int FlexRequests = 0,
    bool MetUnknown = false,
    int Failures = 0,
    TimeSpan? AskedToWait = null)
{
    public static DepartmentOutcome Failed(Failure failure) => new(
        RunStatus.Failed,
        new DepartmentSummary { Added = 0, Removed = 0, Kept = 0, RolesSet = 0, FailedAdds = 0, Errors = [failure.Message] },
        [],
        Failures: 1,
        AskedToWait: failure.RetryAfter);
}

/// <summary>What became of a technician.</summary>
/// <param name="TechnicianId">The technician.</param>
/// <param name="Outcome"><c>added</c>, <c>adopted</c>, <c>removed</c>, <c>add failed</c>, <c>role set</c>, <c>role failed</c> …</param>
/// <param name="Detail">More, where there is more to say.</param>
internal sealed record TechnicianOutcome(
    [property: JsonPropertyName("technician_id")] Guid? TechnicianId,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("detail"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null);
