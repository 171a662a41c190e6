using FlexCrew.Contract;

namespace FlexCrew.Sync;

/// <summary>
/// The steps of a sync, as the flow calls them. The Functions app calls an activity for each,
/// LocalHost the step class. A call never throws for an expected failure.
/// </summary>
public interface ICrewSyncSteps
{
    /// <summary>Calls a step.</summary>
    Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        where TIn : IStepInput
        where TOut : class;
}

/// <summary>A step of the flow, by name: the name of its activity.</summary>
/// <typeparam name="TIn">What it takes.</typeparam>
/// <typeparam name="TOut">What it yields.</typeparam>
/// <param name="Name">The name of the activity.</param>
public sealed record Step<TIn, TOut>(string Name);

/// <summary>What every step gets.</summary>
public interface IStepInput
{
    /// <summary>The run that the step belongs to.</summary>
    RunContext Run { get; }
}

/// <summary>The run that a step belongs to.</summary>
/// <param name="InstanceId">The id of the request's run.</param>
/// <param name="JobId">The job.</param>
/// <param name="Department">The department.</param>
/// <param name="CorrelationId">The correlation id of the request.</param>
/// <param name="Deadline">Nothing is sent to Flex after this time.</param>
public sealed record RunContext(string InstanceId, Guid JobId, string Department, string CorrelationId, DateTimeOffset Deadline)
{
    /// <summary>The name under which the run holds its lease and its fence.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Holder => DepartmentRun.HolderOf(InstanceId, Department);
}

/// <summary>
/// What the flow needs of where it runs, besides its steps. In an orchestration these are the replay-safe clock,
/// durable timers and the custom status.
/// </summary>
public interface ISyncHost
{
    /// <summary>The clock of the host.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Waits; the timer goes when it is not needed any more.</summary>
    Task DelayAsync(TimeSpan delay, CancellationToken cancellation);

    /// <summary>Makes progress visible.</summary>
    void Report(SyncProgress progress);

    /// <summary>The summary will not change any more: whoever waits for it may have it, although the run is not recorded yet.</summary>
    void Settle(DepartmentSummary summary);
}
