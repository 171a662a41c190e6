namespace FlexCrew.Http.Endpoints;

/// <summary>What the body of a request asks for.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Departments">Known departments, lower case, distinct; null when the request names none.</param>
/// <param name="PruneOrphans">Whether contacts that FlexCrew did not place are pruned.</param>
/// <param name="DryRun">Whether to answer the plan and write nothing.</param>
internal sealed record SyncCommand(Guid JobId, IReadOnlyList<string>? Departments, bool PruneOrphans, bool DryRun);
