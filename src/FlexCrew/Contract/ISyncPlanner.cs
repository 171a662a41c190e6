namespace FlexCrew.Contract;

/// <summary>Answers <c>dry_run</c>: what a sync would do, by name and id. Writes nothing and takes no lease.</summary>
public interface ISyncPlanner
{
    /// <summary>The plan of each department, in the order given. What failed is in the department's <c>errors</c>.</summary>
    Task<SyncJobResult> PlanAsync(PlanRequest request, CancellationToken cancellation);
}

/// <summary>Asks for the plan of a sync.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Departments">The departments, lower case, distinct.</param>
/// <param name="PruneOrphans">Whether contacts that FlexCrew did not place would be pruned.</param>
/// <param name="CorrelationId">The correlation id of the request.</param>
public sealed record PlanRequest(Guid JobId, IReadOnlyList<string> Departments, bool PruneOrphans, string CorrelationId);
