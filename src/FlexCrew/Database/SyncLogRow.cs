namespace FlexCrew.Database;

/// <summary>A row of <c>flex_sync_log</c>.</summary>
public sealed record SyncLogRow : RunFigures
{
    /// <summary>The <see cref="Kind"/> of a sync.</summary>
    public const string Sync = "sync";

    /// <summary>The job.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The department.</summary>
    public required string Department { get; init; }

    /// <summary>The crew call; null when none is mapped or the run did not get so far.</summary>
    public Guid? CrewCallId { get; init; }

    /// <summary>The instance id of the request.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The correlation id of the request.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>The caller's user id, or <c>retry</c>, or <c>service</c>.</summary>
    public required string TriggeredBy { get; init; }

    /// <summary><c>sync</c>, or the command for one person that the run carried out: <c>add</c> or <c>remove</c>.</summary>
    public string Kind { get; init; } = Sync;

    /// <summary>The person of a command; null for a sync.</summary>
    public Guid? TechnicianId { get; init; }

    /// <summary><c>succeeded</c>, <c>partial</c>, <c>failed</c>, <c>coalesced</c> or <c>skipped</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What failed and what became of each technician, as a JSON document; null when there is nothing to tell.</summary>
    public string? ErrorsJson { get; init; }

    /// <summary>Whether the run was to prune orphans.</summary>
    public bool PruneOrphans { get; init; } = true;

    /// <summary>The number of the attempt; a click is 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>When the run is to be tried again, as a wait from now; null when it is not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it finished.</summary>
    public required DateTimeOffset FinishedAt { get; init; }
}
