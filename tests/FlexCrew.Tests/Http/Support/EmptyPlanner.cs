using FlexCrew.Contract;

namespace FlexCrew.Tests.Http.Support;

/// <summary>Plans nothing: what a plan says is tested where it is made.</summary>
internal sealed class EmptyPlanner : ISyncPlanner
{
    public Task<SyncJobResult> PlanAsync(PlanRequest request, CancellationToken cancellation) =>
        Task.FromResult(new SyncJobResult(
            true,
            request.JobId,
            request.Departments.ToDictionary(department => department, _ => new DepartmentSummary { Plan = new SyncPlan([], [], []) })));
}
