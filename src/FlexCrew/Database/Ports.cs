namespace FlexCrew.Database;

/// <summary>Crew calls and their desired crew. Every method throws <see cref="DatabaseException"/> when its query fails.</summary>
public interface ICrewCalls
{
    /// <summary>The crew call of a job's department; null when none is mapped.</summary>
    Task<CrewCallRow?> FindAsync(Guid jobId, string department, CancellationToken cancellation);

    /// <summary>The departments that have a crew call for the job.</summary>
    Task<IReadOnlyList<string>> DepartmentsAsync(Guid jobId, CancellationToken cancellation);

    /// <summary>All assignments of the job, whatever their status or department.</summary>
    Task<IReadOnlyList<AssignmentRow>> AssignmentsAsync(Guid jobId, CancellationToken cancellation);

    /// <summary>Who these technicians are, and whose these Flex resources are; those without a profile are left out.</summary>
    Task<IReadOnlyList<PersonRow>> PeopleAsync(
        IReadOnlyCollection<Guid> technicianIds, IReadOnlyCollection<string> resourceIds, CancellationToken cancellation);
}

/// <summary>The table <c>flex_crew_assignments</c>.</summary>
public interface ICrewTable
{
    /// <summary>The rows of a crew call, oldest first.</summary>
    Task<IReadOnlyList<CrewRow>> RowsAsync(Guid crewCallId, CancellationToken cancellation);

    /// <summary>
    /// The line items that siblings map: the crew calls of other departments or jobs that are linked to the same element
    /// in Flex. Each once.
    /// </summary>
    Task<IReadOnlyList<string>> SiblingLinesAsync(Guid crewCallId, string elementId, CancellationToken cancellation);

    /// <summary>
    /// Deletes rows of a crew call by id, but only where the line item is still the one that was read:
    /// a row that changed meanwhile stays. Returns how many went.
    /// </summary>
    Task<int> DeleteAsync(Guid crewCallId, IReadOnlyCollection<CrewRow> rows, CancellationToken cancellation);
}

/// <summary>The journal of adds (<c>flex_crew_add_intents</c>): what was begun before Flex was asked.</summary>
public interface IAddJournal
{
    /// <summary>
    /// Writes the intent to add the technicians' contact, and returns the intents that were open already:
    /// their add may have been applied. One transaction.
    /// </summary>
    Task<IReadOnlyList<OpenIntent>> BeginAsync(Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, string resourceId, string instanceId, CancellationToken cancellation);

    /// <summary>Maps the technicians to the line item (upsert) and clears their intents. One transaction.</summary>
    Task CompleteAsync(Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, string lineItemId, CancellationToken cancellation);

    /// <summary>Clears the intents of an add that was certainly not applied.</summary>
    Task AbandonAsync(Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, CancellationToken cancellation);
}

/// <summary>The table <c>flex_sync_log</c>.</summary>
public interface ISyncLog
{
    /// <summary>
    /// Writes the row of a run and, in the same transaction, clears the pending retries of older runs of the same
    /// job and department. Writing the same (instance, department) twice keeps one row.
    /// </summary>
    Task WriteAsync(SyncLogRow row, CancellationToken cancellation);
}

/// <summary>The retry queue: the rows of <c>flex_sync_log</c> whose <c>next_retry_at</c> is due.</summary>
public interface IRetryQueue
{
    /// <summary>
    /// Claims due rows (<c>FOR UPDATE SKIP LOCKED</c>), so that no other instance takes them. A claim counts as an
    /// attempt and runs out after <paramref name="claimFor"/>, so that a claimer's death loses nothing: the last of
    /// <paramref name="maxAttempts"/>, the click included, is made once more when it left no row. Then the row is given up.
    /// </summary>
    Task<IReadOnlyList<DueRetry>> ClaimAsync(int atMost, TimeSpan claimFor, int maxAttempts, CancellationToken cancellation);

    /// <summary>Rows that wait for a retry, due or not.</summary>
    Task<int> DepthAsync(CancellationToken cancellation);
}

/// <summary>A retry that is due.</summary>
/// <param name="LogId">The row it comes from.</param>
/// <param name="JobId">The job.</param>
/// <param name="Department">The department.</param>
/// <param name="Attempt">The number of the attempt to make; the click was 1.</param>
/// <param name="PruneOrphans">Whether the run that failed was to prune.</param>
/// <param name="CorrelationId">The correlation id of the click.</param>
public sealed record DueRetry(Guid LogId, Guid JobId, string Department, int Attempt, bool PruneOrphans, string CorrelationId)
{
    /// <summary>
    /// The id of the run: the same row and attempt give the same one, so that starting it again does nothing.
    /// <see cref="ISyncLog"/> knows the retry of a row by it.
    /// </summary>
    public string InstanceId => $"retry-{LogId:N}-{Attempt}";
}

/// <summary>The requests to Flex that <c>flex_sync_log</c> tells of, those of all hosts on the database.</summary>
public interface IFlexRequestLog
{
    /// <summary>The requests of the runs that ended in the last hour and in the last day.</summary>
    Task<FlexRequestSums> SumAsync(CancellationToken cancellation);
}

/// <summary>Requests to Flex.</summary>
/// <param name="LastHour">Those of the last hour.</param>
/// <param name="LastDay">Those of the last day.</param>
public sealed record FlexRequestSums(int LastHour, int LastDay);

/// <summary>The profiles of callers.</summary>
public interface ICallers
{
    /// <summary>The value of <c>profiles.role</c>; null when there is no such profile.</summary>
    Task<string?> RoleAsync(Guid userId, CancellationToken cancellation);
}

/// <summary>Whether the database can serve a sync.</summary>
public interface IDatabaseReadiness
{
    /// <summary>Null when it can; else one sentence that says what is missing.</summary>
    Task<string?> CheckAsync(CancellationToken cancellation);
}
