using FlexCrew.Contract;

namespace FlexCrew.Sync;

/// <summary>A whole run: its departments side by side, one failing does not fail the others. The body of the orchestration.</summary>
public static class SyncJobFlow
{
    /// <summary>Runs every department of the request by <paramref name="department"/>.</summary>
    public static async Task<SyncJobResult> RunAsync(
        SyncJobRequest request, FlowSettings settings, Func<DepartmentRun, Task<DepartmentSummary>> department)
    {
        var summaries = await Task.WhenAll(request.Departments.Select(name => GuardedAsync(
            new DepartmentRun(DepartmentRun.HolderOf(request.InstanceId, name), request, name, settings), department)));
        return new SyncJobResult(
            true, request.JobId, request.Departments.Zip(summaries).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private static async Task<DepartmentSummary> GuardedAsync(DepartmentRun run, Func<DepartmentRun, Task<DepartmentSummary>> department)
    {
        try
        {
            return await department(run);
        }
        catch (Exception unforeseen) when (unforeseen is not OperationCanceledException)
        {
            return DepartmentOutcome.Failed(new Failure(FailureKind.Unexpected, "The sync failed unexpectedly")).Summary;
        }
    }
}
