using System.Collections.Concurrent;
using FlexCrew.Sync;

namespace FlexCrew.LocalHost.Runs;

/// <summary>One run and what is known of it.</summary>
internal sealed class InProcessRun(SyncJobRequest request, TimeProvider time)
{
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, SyncProgress> progress = new();
    private readonly DateTimeOffset created = time.GetUtcNow();
    private volatile SyncJobResult? output;
    private volatile string status = "Running";
    private long updatedTicks = time.GetUtcNow().UtcTicks;

    public Task Ended => completion.Task;

    public ISyncHost HostOf(string department) => new Host(this, department);

    public void Complete(SyncJobResult result)
    {
        output = result;
        End("Completed");
    }

    public void Fail() => End("Failed");

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

    private void End(string how)
    {
        status = how;
        Touch();
        completion.SetResult();
    }

    private void Touch() => Interlocked.Exchange(ref updatedTicks, time.GetUtcNow().UtcTicks);

    private sealed class Host(InProcessRun run, string department) : ISyncHost
    {
        public DateTimeOffset UtcNow => run.Time.GetUtcNow();

        public Task DelayAsync(TimeSpan delay) => Task.Delay(delay, run.Time);

        public void Report(SyncProgress progress)
        {
            run.progress[department] = progress;
            run.Touch();
        }
    }

    private TimeProvider Time => time;
}
