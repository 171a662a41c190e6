using DurableTask.Core.Exceptions;
using FlexCrew.Contract;
using FlexCrewFunctions.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FlexCrewFunctions.Http;

/// <summary>Runs as Durable orchestrations.</summary>
internal sealed class DurableRuns(DurableTaskClient client, FlowSettings settings, SettledRuns settled, TimeProvider time) : ISyncRuns
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(1);

    private static readonly string Completed = nameof(OrchestrationRuntimeStatus.Completed);

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

    /// <summary>
    /// A run that settles in this process is heard of at once; the status is looked at now and then for one that another instance carries
    /// out.
    /// </summary>
    public async Task<SyncRun?> WaitAsync(string instanceId, TimeSpan atMost, CancellationToken cancellation)
    {
        var until = time.GetUtcNow() + atMost;
        using var waiter = settled.Await(instanceId);
        for (var wait = FirstPoll; ; wait = wait * 1.25 < LongestPoll ? wait * 1.25 : LongestPoll)
        {
            var (run, request) = await LookAsync(instanceId, cancellation);
            for (var next = time.GetUtcNow() + wait; run is { IsEnded: false };)
            {
                if (ResultOf(request!, waiter.Settled) is { } result)
                    return run with { RuntimeStatus = Completed, Output = result };
                var now = time.GetUtcNow();
                if (now >= until) return run;
                if (now >= next) break;
                await waiter.WaitAsync(next < until ? next - now : until - now, time, cancellation);
            }

            if (run is not { IsEnded: false }) return run;
        }
    }

    public async Task<SyncRun?> FindAsync(string instanceId, CancellationToken cancellation) =>
        (await LookAsync(instanceId, cancellation)).Run;

    private async Task<(SyncRun? Run, SyncJobRequest? Request)> LookAsync(string instanceId, CancellationToken cancellation)
    {
        var instance = await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellation);
        if (instance is null || instance.Name != SyncJobRequest.OrchestrationName) return default;
        if (instance.ReadInputAs<SyncJobInput>() is not { Request: var request }) return default;
        var status = await StatusAsync(instance, request, cancellation);
        var result = instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed
            ? instance.ReadOutputAs<SyncJobResult>()
            : instance.IsCompleted ? null : ResultOf(request, status.Settled);
        return (new SyncRun
        {
            Name = instance.Name,
            InstanceId = instance.InstanceId,
            RuntimeStatus = result is null ? instance.RuntimeStatus.ToString() : Completed,
            CustomStatus = status.Progress.Count > 0 ? status.Progress : null,
            Output = result,
            CreatedTime = instance.CreatedAt,
            LastUpdatedTime = instance.LastUpdatedAt,
            TriggeredBy = request.TriggeredBy,
        }, request);
    }

    /// <summary>The result of a request whose departments are all settled, recorded or not; null while one is not.</summary>
    private static SyncJobResult? ResultOf(SyncJobRequest request, IReadOnlyDictionary<string, DepartmentSummary> summaries) =>
        request.Departments.All(summaries.ContainsKey)
            ? new SyncJobResult(true, request.JobId, request.Departments.ToDictionary(name => name, name => summaries[name]))
            : null;

    // One department runs within the orchestration of the request; several have orchestrations of their own.
    private async Task<RunStatusBody> StatusAsync(OrchestrationMetadata instance, SyncJobRequest request, CancellationToken cancellation)
    {
        var own = await Task.WhenAll(request.Departments.Count == 1
            ? [Task.FromResult<OrchestrationMetadata?>(instance)]
            : request.Departments.Select(department => client.GetInstanceAsync(
                DepartmentRun.HolderOf(request.InstanceId, department), getInputsAndOutputs: true, cancellation)));
        var statuses = own.Select(one => one?.ReadCustomStatusAs<RunStatusBody>()).OfType<RunStatusBody>().ToList();
        return new RunStatusBody(
            new SortedDictionary<string, SyncProgress>(
                statuses.SelectMany(status => status.Progress).ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal),
            statuses.SelectMany(status => status.Settled).ToDictionary(pair => pair.Key, pair => pair.Value));
    }
}
