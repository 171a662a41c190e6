namespace FlexCrew.Database;

/// <summary>A job. All but its id may be missing in the older schema.</summary>
public sealed record JobRow(Guid Id, string? Title, DateTime? StartTime, DateTime? EndTime, string? Status);

/// <summary>A crew call of a job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Department">The department, lower case.</param>
/// <param name="ElementId">The element in Flex.</param>
/// <param name="IsShared">Whether another department or job is linked to the same element.</param>
public sealed record JobCrewCallRow(Guid JobId, string Department, string ElementId, bool IsShared);

/// <summary>An assignment, with its job.</summary>
public sealed record JobAssignmentRow
{
    /// <summary>The job.</summary>
    public Guid JobId { get; init; }

    /// <summary>The technician.</summary>
    public Guid TechnicianId { get; init; }

    /// <summary>Role code in sound.</summary>
    public string? SoundRole { get; init; }

    /// <summary>Role code in lights.</summary>
    public string? LightsRole { get; init; }

    /// <summary>Role code in video.</summary>
    public string? VideoRole { get; init; }

    /// <summary>The profile's resource id in Flex.</summary>
    public string? FlexResourceId { get; init; }

    /// <summary>The profile's department.</summary>
    public string? ProfileDepartment { get; init; }

    /// <summary>The same without its job.</summary>
    public AssignmentRow Assignment => new(TechnicianId, SoundRole, LightsRole, VideoRole, FlexResourceId, ProfileDepartment);
}

/// <summary>A technician whom the oldest crew call of a job's department maps to a line item.</summary>
public sealed record JobMappedRow(Guid JobId, string Department, Guid TechnicianId);

/// <summary>Which runs to list.</summary>
/// <param name="JobId">Of this job only.</param>
/// <param name="Department">Of this department only.</param>
/// <param name="Status">With this status only.</param>
/// <param name="Before">Begun before this only.</param>
/// <param name="AtMost">How many.</param>
public sealed record RunFilter(Guid? JobId, string? Department, string? Status, DateTimeOffset? Before, int AtMost);

/// <summary>A row of <c>flex_sync_log</c>, with the names that it points to.</summary>
public sealed record RunRow : RunFigures
{
    /// <summary>Its id.</summary>
    public Guid Id { get; init; }

    /// <summary>The job.</summary>
    public Guid JobId { get; init; }

    /// <summary>The title of the job; null when it is gone or has none.</summary>
    public string? JobTitle { get; init; }

    /// <summary>The department.</summary>
    public string Department { get; init; } = "";

    /// <summary>How it ended, or <c>drift</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>The number of the attempt.</summary>
    public int Attempt { get; init; }

    /// <summary>When it is tried again; null when it is not.</summary>
    public DateTime? NextRetryAt { get; init; }

    /// <summary>The caller's user id, <c>retry</c> or another word.</summary>
    public string TriggeredBy { get; init; } = "";

    /// <summary>The caller's name; null when it is no caller's or the profile tells none.</summary>
    public string? TriggeredByName { get; init; }

    /// <summary>The id of the run.</summary>
    public string InstanceId { get; init; } = "";

    /// <summary>The correlation id.</summary>
    public string CorrelationId { get; init; } = "";

    /// <summary>When it started.</summary>
    public DateTime StartedAt { get; init; }

    /// <summary>When it finished.</summary>
    public DateTime FinishedAt { get; init; }

    /// <summary>What failed and what became of each technician, or what drifted, as JSON; null when there is nothing to tell.</summary>
    public string? Details { get; init; }

    /// <summary>Whether this is drift that a later check found gone.</summary>
    public bool IsGone { get; init; }
}

/// <summary>What happened in an hour.</summary>
public sealed record HourRow
{
    /// <summary>Its beginning.</summary>
    public DateTime Hour { get; init; }

    /// <summary>Requests sent to Flex by runs that began in it.</summary>
    public int FlexRequests { get; init; }

    /// <summary>Runs that succeeded, and those that had nothing to sync.</summary>
    public int Succeeded { get; init; }

    /// <summary>Runs that another one answered.</summary>
    public int Coalesced { get; init; }

    /// <summary>Runs that failed in part.</summary>
    public int Partial { get; init; }

    /// <summary>Runs that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Drift checks that found something.</summary>
    public int Drift { get; init; }
}

/// <summary>How long a run took.</summary>
public sealed record DurationRow(DateTime StartedAt, long DurationMs, string Status);

/// <summary>A fence that is held, with one of the crew calls that are linked to its element.</summary>
public sealed record HeldFenceRow
{
    /// <summary>The element in Flex.</summary>
    public string Element { get; init; } = "";

    /// <summary>The run that holds it.</summary>
    public string Holder { get; init; } = "";

    /// <summary>The fencing token.</summary>
    public long Token { get; init; }

    /// <summary>When it was claimed.</summary>
    public DateTime ClaimedAt { get; init; }

    /// <summary>Whether its holder has been quiet for so long that the next run takes it.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>The run that waits for it and comes next; null when none does.</summary>
    public string? NextHolder { get; init; }

    /// <summary>The job of the crew call; null where no crew call is linked any more.</summary>
    public Guid? JobId { get; init; }

    /// <summary>Its department.</summary>
    public string? Department { get; init; }

    /// <summary>The title of its job.</summary>
    public string? JobTitle { get; init; }
}
