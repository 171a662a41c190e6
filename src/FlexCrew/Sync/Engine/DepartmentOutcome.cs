using System.Text.Json.Serialization;
using FlexCrew.Contract;

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
internal sealed record DepartmentOutcome(RunStatus Status, DepartmentSummary Summary)
{
    /// <summary>What became of each technician it touched.</summary>
    public IReadOnlyList<TechnicianOutcome> Technicians { get; init; } = [];

    /// <summary>The crew call, if it got so far.</summary>
    public Guid? CrewCallId { get; init; }

    /// <summary>Requests sent to Flex.</summary>
    public int FlexRequests { get; init; }

    /// <summary>Whether a write had an unknown outcome: then one more sync a minute later finds what came late.</summary>
    public bool MetUnknown { get; init; }

    /// <summary>Attempts to write to Flex that passed the fence, as far as steps have told.</summary>
    public int Passes { get; init; }

    /// <summary>How many things failed.</summary>
    public int FailedCount { get; init; }

    /// <summary>The longest wait that Flex asked for and that did not end within the run.</summary>
    public TimeSpan? AskedToWait { get; init; }

    public static DepartmentOutcome Failed(Failure failure) => new(
        RunStatus.Failed,
        new DepartmentSummary { Added = 0, Removed = 0, Kept = 0, RolesSet = 0, FailedAdds = 0, Errors = [failure.Message] })
    {
        FailedCount = 1,
        AskedToWait = failure.RetryAfter,
    };
}

/// <summary>What became of a technician.</summary>
/// <param name="TechnicianId">The technician.</param>
/// <param name="Outcome"><c>added</c>, <c>adopted</c>, <c>removed</c>, <c>add failed</c>, <c>role set</c>, <c>role failed</c> …</param>
/// <param name="Detail">More, where there is more to say.</param>
internal sealed record TechnicianOutcome(
    [property: JsonPropertyName("technician_id")] Guid? TechnicianId,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("detail"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null);
