namespace FlexCrew.Contract;

/// <summary>
/// The runs of a host, as the HTTP endpoint and the retry queue see them: start, wait, look up.
/// The Functions app implements it over Durable orchestrations, LocalHost in memory.
/// </summary>
public interface ISyncRuns
{
    /// <summary>Starts a run. Starting an instance id again that is known already does nothing; tells whether it started.</summary>
    Task<bool> StartAsync(SyncJobRequest request, CancellationToken cancellation);

    /// <summary>Waits until the run has ended, at most <paramref name="atMost"/>; null when the id is unknown.</summary>
    Task<SyncRun?> WaitAsync(string instanceId, TimeSpan atMost, CancellationToken cancellation);

    /// <summary>Looks a run up, with the progress of its departments; null when the id is unknown.</summary>
    Task<SyncRun?> FindAsync(string instanceId, CancellationToken cancellation);
}

/// <summary>A run, as its status tells.</summary>
public sealed record SyncRun
{
    /// <summary>The name of the orchestration.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the run.</summary>
    public required string InstanceId { get; init; }

    /// <summary>One of Durable's: Pending, Running, Suspended, ContinuedAsNew, Completed, Failed, Canceled, Terminated.</summary>
    public required string RuntimeStatus { get; init; }

    /// <summary>Department → progress; null when nothing is known yet.</summary>
    public IReadOnlyDictionary<string, SyncProgress>? CustomStatus { get; init; }

    /// <summary>The result, once completed.</summary>
    public SyncJobResult? Output { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset CreatedTime { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset LastUpdatedTime { get; init; }

    /// <summary>Who started it: only they may see it. Never shown.</summary>
    public required string TriggeredBy { get; init; }

    /// <summary>Whether it has ended, well or not.</summary>
    public bool IsEnded => RuntimeStatus is "Completed" or "Failed" or "Canceled" or "Terminated";
}
