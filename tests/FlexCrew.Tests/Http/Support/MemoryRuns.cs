using System.Collections.Concurrent;
using FlexCrew.Contract;
using FlexCrew.Planning;

namespace FlexCrew.Tests.Http.Support;

/// <summary>Runs that end after a while, as scripted, and are remembered.</summary>
internal sealed class MemoryRuns(MemoryCrewCalls crewCalls, TimeProvider time) : ISyncRuns
{
    private readonly ConcurrentDictionary<string, (SyncJobRequest Request, TaskCompletionSource Ended, DateTimeOffset At)> runs = new();

    /// <summary>How long a run takes; null when it never ends by itself.</summary>
    internal TimeSpan? Duration { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>The status that runs end with.</summary>
    internal string EndsAs { get; set; } = "Completed";

    /// <summary>The status of runs that have not ended.</summary>
    internal string GoesOnAs { get; set; } = "Running";

    internal IReadOnlyDictionary<string, SyncProgress>? Progress { get; set; }

    internal Exception? StartFailure { get; set; }

    internal Exception? WaitFailure { get; set; }

    internal IReadOnlyList<SyncJobRequest> Started => [.. runs.Values.OrderBy(run => run.Request.InstanceId).Select(run => run.Request)];

    internal TaskCompletionSource FirstWait { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<bool> StartAsync(SyncJobRequest request, CancellationToken cancellation)
    {
        if (StartFailure is not null)
            return Task.FromException<bool>(StartFailure);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Duration is { } duration)
            _ = Task.Delay(duration, CancellationToken.None).ContinueWith(_ => ended.TrySetResult(), TaskScheduler.Default);
        return Task.FromResult(runs.TryAdd(request.InstanceId, (request, ended, time.GetUtcNow())));
    }

    public async Task<SyncRun?> WaitAsync(string instanceId, TimeSpan atMost, CancellationToken cancellation)
    {
        FirstWait.TrySetResult();
        if (WaitFailure is not null)
            throw WaitFailure;
        if (!runs.TryGetValue(instanceId, out var run))
            return null;
        await Task.WhenAny(run.Ended.Task, Task.Delay(atMost, cancellation));
        cancellation.ThrowIfCancellationRequested();
        return Status(run);
    }

    public Task<SyncRun?> FindAsync(string instanceId, CancellationToken cancellation) =>
        Task.FromResult(runs.TryGetValue(instanceId, out var run) ? Status(run) : null);

    internal void End(string instanceId) => runs[instanceId].Ended.TrySetResult();

    internal bool HasEnded(string instanceId) => runs[instanceId].Ended.Task.IsCompleted;

    private SyncRun Status((SyncJobRequest Request, TaskCompletionSource Ended, DateTimeOffset At) run)
    {
        var isEnded = run.Ended.Task.IsCompleted;
        return new SyncRun
        {
            Name = SyncJobRequest.OrchestrationName,
            InstanceId = run.Request.InstanceId,
            RuntimeStatus = isEnded ? EndsAs : GoesOnAs,
            CustomStatus = Progress,
            Output = isEnded && EndsAs == "Completed" ? Result(run.Request) : null,
            CreatedTime = run.At,
            LastUpdatedTime = run.At,
            TriggeredBy = run.Request.TriggeredBy,
        };
    }

    private SyncJobResult Result(SyncJobRequest request) =>
        new(true, request.JobId, request.Departments.ToDictionary(department => department, department => Summary(request, department)));

    /// <summary>What commands come to.</summary>
    internal DepartmentSummary? OfCommand { get; set; }

    private DepartmentSummary Summary(SyncJobRequest request, string department) =>
        request.Person is { } command ? OfCommand ?? Summary(command)
        : !crewCalls.Mapped.GetValueOrDefault(request.JobId, []).Contains(department)
            ? new DepartmentSummary { Note = "no crew call mapping" }
        : new DepartmentSummary
        {
            Added = 1,
            Removed = 2,
            Kept = 3,
            RolesSet = 1,
            FailedAdds = 0,
            DesiredCount = 4,
            CurrentCount = 5,
            ScannedItems = 6,
            PlannedDeleteCount = 2,
            DurationMs = 7,
        };

    private static DepartmentSummary Summary(PersonCommand command) => command.Action == PersonAction.Add
        ? new DepartmentSummary { Added = 1, FlexLineItemId = "line-1" }
        : new DepartmentSummary { Removed = 1 };
}
