using System.Collections.Concurrent;
using FlexCrew.Contract;
using FlexCrew.Locking;
using FlexCrew.Sync;
using FlexCrew.Telemetry;
using Microsoft.Extensions.Options;

namespace FlexCrew.LocalHost.Runs;

/// <summary>
/// Runs syncs in this process and keeps their status for its lifetime, the oldest ended ones beyond
/// <see cref="KeepAtMost"/> excepted. Nothing survives the process: a sync is level-based, so running it again is always right.
/// </summary>
internal sealed class InProcessRuns : ISyncRuns
{
    public const int KeepAtMost = 10_000;

    private readonly ConcurrentDictionary<string, InProcessRun> runs = new();
    private readonly ConcurrentQueue<string> ended = new();
    private readonly ICrewSyncSteps steps;
    private readonly ILeases leases;
    private readonly FlowSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger<InProcessRuns> logger;

    public InProcessRuns(
        DirectSteps steps, InMemoryLeases leases, IOptions<FlexCrewOptions> options, TimeProvider time, ILogger<InProcessRuns> logger)
    {
        (this.steps, this.leases, this.time, this.logger) = (steps, leases, time, logger);
        settings = FlowSettings.From(options.Value);
        leases.HolderState = HolderState;
    }

    /// <summary>The runs that have not ended.</summary>
    public IReadOnlyList<Task> Active => [.. runs.Values.Select(run => run.Ended).Where(task => !task.IsCompleted)];

    public Task<bool> StartAsync(SyncJobRequest request, CancellationToken cancellation)
    {
        var run = new InProcessRun(request, time);
        if (!runs.TryAdd(request.InstanceId, run)) return Task.FromResult(false);
        _ = ExecuteAsync(run, request);
        return Task.FromResult(true);
    }

    public async Task<SyncRun?> WaitAsync(string instanceId, TimeSpan atMost, CancellationToken cancellation)
    {
        if (!runs.TryGetValue(instanceId, out var run)) return null;
        try
        {
            await run.Settled.WaitAsync(atMost, time, cancellation);
        }
        catch (TimeoutException)
        {
            // The run goes on, and the answer says that it is still running.
        }
        return run.Status();
    }

    public Task<SyncRun?> FindAsync(string instanceId, CancellationToken cancellation) =>
        Task.FromResult(runs.TryGetValue(instanceId, out var run) ? run.Status() : null);

    private async Task ExecuteAsync(InProcessRun run, SyncJobRequest request)
    {
        await Task.Yield();
        using var activity =
            SyncTelemetry.StartRun(request.JobId, request.InstanceId, request.CorrelationId, request.TriggeredBy, request.Attempt);
        try
        {
            run.End(await SyncJobFlow.RunAsync(request, settings, department =>
                CrewCallSync.RunAsync(department, steps, leases, run.HostOf(department.Department))));
        }
        catch (Exception unforeseen)
        {
            logger.LogError(unforeseen, "Run {InstanceId} failed", request.InstanceId);
            run.End(null);
        }
        ended.Enqueue(request.InstanceId);
        while (ended.Count > KeepAtMost && ended.TryDequeue(out var oldest))
            runs.TryRemove(oldest, out _);
    }

    private HolderState HolderState(string holder) =>
        runs.TryGetValue(DepartmentRun.InstanceOf(holder), out var run)
            ? run.Ended.IsCompleted
                ? new HolderState(HolderStatus.Ended, run.Status().LastUpdatedTime) : new HolderState(HolderStatus.Running)
            : new HolderState(HolderStatus.NotFound);
}
