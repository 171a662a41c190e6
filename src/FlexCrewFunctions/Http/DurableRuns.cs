using FlexCrew.Sync;
using FlexCrewFunctions.Orchestrations;
using Microsoft.DurableTask;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Client;

namespace FlexCrewFunctions.Http;

/// <summary>Runs as Durable orchestrations.</summary>
internal sealed class DurableRuns(DurableTaskClient client, FlowSettings settings, TimeProvider time) : ISyncRuns
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// An instance id is used once: whatever became of it, it is not started again. The extension starts anew, and ends
    /// where it still runs, what has a status that is not named here.
    /// </summary>
    internal static readonly OrchestrationRuntimeStatus[] DedupeStatuses = [.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses];

    public async Task<bool> StartAsync(SyncJobRequest request, CancellationToken cancellation)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                SyncJobRequest.OrchestrationName,
                new SyncJobInput(request, settings),
                new StartOrchestrationOptions(request.InstanceId).WithDedupeStatuses(DedupeStatuses),
                cancellation);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    public async Task<SyncRun?> WaitAsync(string instanceId, TimeSpan atMost, CancellationToken cancellation)
    {
        var until = time.GetUtcNow() + atMost;
        for (var wait = FirstPoll; ; wait = wait * 1.25 < LongestPoll ? wait * 1.25 : LongestPoll)
        {
            var instance = await client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellation);
            var left = until - time.GetUtcNow();
            if (instance is null or { IsCompleted: true } || left <= TimeSpan.Zero)
                return await FindAsync(instanceId, cancellation);
            await Task.Delay(left < wait ? left : wait, time, cancellation);
        }
    }

    public async Task<SyncRun?> FindAsync(string instanceId, CancellationToken cancellation)
    {
        var instance = await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellation);
        if (instance is null || instance.Name != SyncJobRequest.OrchestrationName) return null;
        if (instance.ReadInputAs<SyncJobInput>() is not { } input) return null;
        return new SyncRun
        {
            Name = instance.Name,
            InstanceId = instance.InstanceId,
            RuntimeStatus = instance.RuntimeStatus.ToString(),
            CustomStatus = await ProgressAsync(input.Request, cancellation),
            Output = instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? instance.ReadOutputAs<SyncJobResult>() : null,
            CreatedTime = instance.CreatedAt,
            LastUpdatedTime = instance.LastUpdatedAt,
            TriggeredBy = input.Request.TriggeredBy,
        };
    }

    private async Task<IReadOnlyDictionary<string, SyncProgress>?> ProgressAsync(SyncJobRequest request, CancellationToken cancellation)
    {
        var progress = new SortedDictionary<string, SyncProgress>(StringComparer.Ordinal);
        foreach (var department in request.Departments)
        {
            var holder = DepartmentRun.HolderOf(request.InstanceId, department);
            var instance = await client.GetInstanceAsync(holder, getInputsAndOutputs: true, cancellation);
            if (instance?.ReadCustomStatusAs<SyncProgress>() is { } stage)
                progress[department] = stage;
        }
        return progress.Count > 0 ? progress : null;
    }
}
