namespace FlexCrew.Database;

/// <summary>What the list of jobs is made of. Every method throws <see cref="DatabaseException"/> when its query fails.</summary>
public interface IJobList
{
    /// <summary>Jobs whose title has the text (or whose id it is), those that are not over first, the next one first of them.</summary>
    Task<IReadOnlyList<JobRow>> JobsAsync(string? search, int atMost, CancellationToken cancellation);

    /// <summary>The job; null when there is none.</summary>
    Task<JobRow?> JobAsync(Guid jobId, CancellationToken cancellation);

    /// <summary>The crew calls of the jobs, the oldest first.</summary>
    Task<IReadOnlyList<JobCrewCallRow>> CrewCallsAsync(IReadOnlyCollection<Guid> jobIds, CancellationToken cancellation);

    /// <summary>The assignments of the jobs.</summary>
    Task<IReadOnlyList<JobAssignmentRow>> AssignmentsAsync(IReadOnlyCollection<Guid> jobIds, CancellationToken cancellation);

    /// <summary>Whom the crew calls of the jobs map to a line item.</summary>
    Task<IReadOnlyList<JobMappedRow>> MappedAsync(IReadOnlyCollection<Guid> jobIds, CancellationToken cancellation);
}

/// <summary>What <c>flex_sync_log</c> tells. Every method throws <see cref="DatabaseException"/> when its query fails.</summary>
public interface IRunHistory
{
    /// <summary>
    /// Of each job and department the newest sync, and the newest drift check. A run that another one answered is left out:
    /// the other has a row of its own.
    /// </summary>
    Task<IReadOnlyList<RunRow>> NewestAsync(IReadOnlyCollection<Guid> jobIds, CancellationToken cancellation);

    /// <summary>Runs, the newest first.</summary>
    Task<IReadOnlyList<RunRow>> RunsAsync(RunFilter filter, CancellationToken cancellation);

    /// <summary>Outcomes and requests by the hour since then, the oldest first; hours without a run are left out.</summary>
    Task<IReadOnlyList<HourRow>> HoursAsync(DateTimeOffset since, CancellationToken cancellation);

    /// <summary>How long runs took that did something themselves, the newest first.</summary>
    Task<IReadOnlyList<DurationRow>> DurationsAsync(DateTimeOffset since, int atMost, CancellationToken cancellation);
}

/// <summary>The fences. Every method throws <see cref="DatabaseException"/> when its query fails.</summary>
public interface IFenceList
{
    /// <summary>Those that are held, the oldest claim first; a row for each crew call that is linked to the element.</summary>
    Task<IReadOnlyList<HeldFenceRow>> HeldAsync(CancellationToken cancellation);
}
