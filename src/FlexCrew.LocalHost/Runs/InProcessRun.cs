using System.Collections.Concurrent;
using FlexCrew.Contract;
using FlexCrew.Sync;

namespace FlexCrew.LocalHost.Runs;

/// <summary>One run and what is known of it.</summary>
internal sealed class InProcessRun(SyncJobRequest request, TimeProvider time)
{
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, DepartmentSummary> summaries = new();
    private readonly ConcurrentDictionary<string, SyncProgress> progress = new();
    private readonly DateTimeOffset created = time.GetUtcNow();
    private volatile SyncJobResult? output;
    private volatile string status = "Running";
    private long updatedTicks = time.GetUtcNow().UtcTicks;

    /// <summary>Ends when the run has ended, its log row included.</summary>
    public Task Ended => completion.Task;

    /// <summary>Ends when the result will not change any more.</summary>
    public Task Settled => settled.Task;

    public ISyncHost HostOf(string department) => new Host(this, department);

    /// <summary>The run has ended; a null result says that it failed.</summary>
    public void End(SyncJobResult? result)
    {
        Finish(result is null ? "Failed" : "Completed", result);
        completion.SetResult();
    }

    public SyncRun Status() => new()
    {
        Name = SyncJobRequest.OrchestrationName,
        InstanceId = request.InstanceId,
        RuntimeStatus = status,
        CustomStatus = progress.IsEmpty ? null : new SortedDictionary<string, SyncProgress>(progress, StringComparer.Ordinal),
        Output = output,
        CreatedTime = created,
        LastUpdatedTime = new DateTimeOffset(Interlocked.Read(ref updatedTicks), TimeSpan.Zero),
        TriggeredBy = request.TriggeredBy,
    };

    private void Settle(string department, DepartmentSummary summary)
    {
        summaries[department] = summary;
        if (!request.Departments.All(summaries.ContainsKey)) return;
        Finish("Completed",
            new SyncJobResult(true, request.JobId, request.Departments.ToDictionary(name => name, name => summaries[name])));
    }

    private void Finish(string how, SyncJobResult? result)
    {
        if (settled.Task.IsCompleted) return;
        output = result;
        status = how;
        Touch();
        settled.TrySetResult();
    }

    private void Touch() => Interlocked.Exchange(ref updatedTicks, time.GetUtcNow().UtcTicks);

    private sealed class Host(InProcessRun run, string department) : ISyncHost
    {
        public DateTimeOffset UtcNow => run.Time.GetUtcNow();

        public Task DelayAsync(TimeSpan delay, CancellationToken cancellation) => Task.Delay(delay, run.Time, cancellation);

        public void Report(SyncProgress progress)
        {
            run.progress[department] = progress;
            run.Touch();
        }

        public void Settle(DepartmentSummary summary) => run.Settle(department, summary);
    }

    private TimeProvider Time => time;
}
