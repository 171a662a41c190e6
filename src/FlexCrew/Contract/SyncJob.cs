using System.Text.Json.Serialization;
using FlexCrew.Planning;

namespace FlexCrew.Contract;

/// <summary>The input of a run: the key and the options, never who to add.</summary>
/// <param name="InstanceId">The id of the run, 32 lower-case hexadecimal digits; retries have ids of their own form.</param>
/// <param name="JobId">The job.</param>
/// <param name="Departments">The departments, lower case, distinct; empty gives an empty summary.</param>
/// <param name="PruneOrphans">Whether contacts that FlexCrew did not place are pruned.</param>
/// <param name="CorrelationId">The correlation id of the request.</param>
/// <param name="TriggeredBy">
/// The caller's user id, <see cref="SyncJobRequest.Retry"/>, <see cref="SyncJobRequest.Drift"/> or <see cref="SyncJobRequest.Service"/>.
/// </param>
/// <param name="Attempt">1 for a click, more for a retry.</param>
public sealed record SyncJobRequest(
    string InstanceId,
    Guid JobId,
    IReadOnlyList<string> Departments,
    bool PruneOrphans,
    string CorrelationId,
    string TriggeredBy,
    int Attempt = 1)
{
    /// <summary>The value of <see cref="TriggeredBy"/> for runs that the retry queue starts.</summary>
    public const string Retry = "retry";

    /// <summary>The value of <see cref="TriggeredBy"/> for runs that the drift check starts.</summary>
    public const string Drift = "drift";

    /// <summary>The value of <see cref="TriggeredBy"/> for runs that the configured service asks for.</summary>
    public const string Service = "service";

    /// <summary>The command for one person; null for a sync.</summary>
    public PersonCommand? Person { get; init; }

    /// <summary>The name of the orchestration, as the status shows it.</summary>
    public const string OrchestrationName = "SyncJob";
}

/// <summary>The output of a run: the body of the answer.</summary>
/// <param name="Ok">True when the run came to its end; what failed for a department is in its summary.</param>
/// <param name="JobId">The job.</param>
/// <param name="Summary">Department → summary, in the order of the request.</param>
public sealed record SyncJobResult(
    [property: JsonPropertyName("ok")] bool Ok,
    [property: JsonPropertyName("job_id")] Guid JobId,
    [property: JsonPropertyName("summary")] IReadOnlyDictionary<string, DepartmentSummary> Summary);

/// <summary>How far a department has come.</summary>
/// <param name="Stage">The stage: <c>waiting for lease</c>, <c>resolving</c>, <c>pruning</c>, <c>adding</c>, <c>done</c> …</param>
/// <param name="Done">Technicians dealt with in this stage.</param>
/// <param name="Total">Technicians to deal with in this stage.</param>
public sealed record SyncProgress(
    [property: JsonPropertyName("stage")] string Stage,
    [property: JsonPropertyName("done")] int Done = 0,
    [property: JsonPropertyName("total")] int Total = 0);
