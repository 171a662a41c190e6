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
/// <param name="Writes">Whether it may change Flex or the table: then it checks its fencing token first.</param>
public sealed record Step<TIn, TOut>(string Name, bool Writes);

/// <summary>What every step gets.</summary>
public interface IStepInput
{
    /// <summary>The run that the step belongs to.</summary>
    RunContext Run { get; }
}

/// <summary>The run that a step belongs to.</summary>
/// <param name="InstanceId">The holder of the lease.</param>
/// <param name="JobId">The job.</param>
/// <param name="Department">The department.</param>
/// <param name="CorrelationId">The correlation id of the request.</param>
/// <param name="Token">The fencing token of the grant; 0 where no lease is held and nothing may be written.</param>
public sealed record RunContext(string InstanceId, Guid JobId, string Department, string CorrelationId, long Token);

/// <summary>
/// What the flow needs of where it runs, besides its steps. In an orchestration these are the replay-safe clock,
/// durable timers and the custom status.
/// </summary>
public interface ISyncHost
{
    /// <summary>The clock of the host.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Waits.</summary>
    Task DelayAsync(TimeSpan delay);

    /// <summary>Makes progress visible.</summary>
    void Report(SyncProgress progress);
}
