namespace FlexCrew.Sync;

/// <summary>Answers <c>dry_run</c>: what a sync would do, by name and id. Writes nothing and takes no lease.</summary>
public interface ISyncPlanner
{
    /// <summary>The plan of each department, in the order given. What failed is in the department's <c>errors</c>.</summary>
    Task<SyncJobResult> PlanAsync(
        Guid jobId, IReadOnlyList<string> departments, bool pruneOrphans, string correlationId, CancellationToken cancellation);
}
