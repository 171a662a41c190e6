using FlexCrew.Sync;

namespace FlexCrew.Tests.Http.Support;

/// <summary>Plans nothing: what a plan says is tested where it is made.</summary>
internal sealed class EmptyPlanner : ISyncPlanner
{
    public Task<SyncJobResult> PlanAsync(
        Guid jobId, IReadOnlyList<string> departments, bool pruneOrphans, string correlationId, CancellationToken cancellation) =>
        Task.FromResult(new SyncJobResult(
            true, jobId, departments.ToDictionary(department => department, _ => new DepartmentSummary { Plan = new SyncPlan([], [], []) })));
}
