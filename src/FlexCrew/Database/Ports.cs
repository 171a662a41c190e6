namespace FlexCrew.Database;

/// <summary>Crew calls and people. Every method throws <see cref="DatabaseException"/> when its query fails.</summary>
public interface ICrewCalls
{
    /// <summary>The departments that have a crew call for the job.</summary>
    Task<IReadOnlyList<string>> DepartmentsAsync(Guid jobId, CancellationToken cancellation);

    /// <summary>Who these technicians are, and whose these Flex resources are; those without a profile are left out.</summary>
    Task<IReadOnlyList<PersonRow>> PeopleAsync(
        IReadOnlyCollection<Guid> technicianIds, IReadOnlyCollection<string> resourceIds, CancellationToken cancellation);
}

/// <summary>The table <c>flex_sync_log</c>.</summary>
public interface ISyncLog
{
    /// <summary>
    /// Writes the row of a run and, in the same transaction, clears the pending retries of older runs of the same
    /// job and department, and gives the fence back. A sync clears those of commands too, a command only those of commands
    /// for the same person. Writing the same (instance, department) twice keeps one row.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="fence">What the run gives back; null where it has nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    Task WriteAsync(SyncLogRow row, FenceReturn? fence, CancellationToken cancellation);
}

/// <summary>A run gives its fence back.</summary>
/// <param name="Holder">The run.</param>
/// <param name="Passes">
/// The attempts to write to Flex that its steps have accounted for. Where more have passed the fence, one may be under way, and the fence
/// stays held until it was quiet for long enough.
/// </param>
public sealed record FenceReturn(string Holder, int Passes);

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
/// <param name="Kind">As <see cref="SyncLogRow.Kind"/>.</param>
/// <param name="TechnicianId">The person of a command.</param>
public sealed record DueRetry(
    Guid LogId, Guid JobId, string Department, int Attempt, bool PruneOrphans, string CorrelationId, string Kind = SyncLogRow.Sync,
    Guid? TechnicianId = null)
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

/// <summary>The activity log of the web app. Not every database has it.</summary>
public interface IActivityLog
{
    /// <summary>
    /// Adds an entry with the code <c>flex.crew.updated</c>. Throws <see cref="DatabaseException"/> where the database lacks the function
    /// <c>log_activity_as</c> or the code, or where FlexCrew's role may not call the function.
    /// </summary>
    Task WriteAsync(CrewActivity activity, CancellationToken cancellation);
}

/// <summary>One person was placed on a crew call or taken off it.</summary>
/// <param name="ActorId">Whoever asked for it; null when that was no user.</param>
/// <param name="JobId">The job.</param>
/// <param name="CrewCallId">The crew call.</param>
/// <param name="PayloadJson">What was done, as a JSON document.</param>
public sealed record CrewActivity(Guid? ActorId, Guid JobId, Guid CrewCallId, string PayloadJson);

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
