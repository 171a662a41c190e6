using FlexCrew.Planning;
using FlexCrew.Sync;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrewFunctions.Activities;

/// <summary>One activity per step, named after it.</summary>
/// <param name="services">Where the bodies of the steps are.</param>
/// <param name="runner">Runs them.</param>
public sealed class StepActivities(IServiceProvider services, StepRunner runner)
{
    /// <summary>Resolves the crew call and the desired crew.</summary>
    [Function("ResolveCrew")]
    public Task<StepResult<ResolvedCrew>> ResolveAsync([ActivityTrigger] ResolveInput input, CancellationToken cancellation) =>
        RunAsync(SyncSteps.Resolve, input, cancellation);

    /// <summary>Prunes contacts in Flex.</summary>
    [Function("PruneOrphans")]
    public Task<StepResult<RemovedContacts>> PruneAsync([ActivityTrigger] PruneInput input, CancellationToken cancellation) =>
        RunAsync(SyncSteps.Prune, input, cancellation);

    /// <summary>Deletes stale rows.</summary>
    [Function("DeleteStaleRows")]
    public Task<StepResult<StaleRowsDeleted>> DeleteStaleAsync([ActivityTrigger] StaleInput input, CancellationToken cancellation) =>
        RunAsync(SyncSteps.DeleteStale, input, cancellation);

    /// <summary>Reads the table again.</summary>
    [Function("RereadCrew")]
    public Task<StepResult<CrewPlan>> RereadAsync([ActivityTrigger] RereadInput input, CancellationToken cancellation) =>
        RunAsync(SyncSteps.Reread, input, cancellation);

    /// <summary>Adds one contact, with upsert.</summary>
    [Function("AddContact")]
    public Task<StepResult<AddedContact>> AddAsync([ActivityTrigger] AddInput input, CancellationToken cancellation) =>
        RunAsync(SyncSteps.Add, input, cancellation);

    /// <summary>Sets one business role.</summary>
    [Function("SetBusinessRole")]
    public Task<StepResult<RoleSet>> SetRoleAsync([ActivityTrigger] RoleInput input, CancellationToken cancellation) =>
        RunAsync(SyncSteps.SetRole, input, cancellation);

    /// <summary>Removes the rows that nobody desires.</summary>
    [Function("RemoveLeftovers")]
    public Task<StepResult<RemovedContacts>> RemoveAsync([ActivityTrigger] RemoveInput input, CancellationToken cancellation) =>
        RunAsync(SyncSteps.Remove, input, cancellation);

    /// <summary>Writes the log row and the metrics.</summary>
    [Function("RecordRun")]
    public Task<StepResult<RunRecorded>> RecordAsync([ActivityTrigger] RecordInput input, CancellationToken cancellation) =>
        RunAsync(SyncSteps.Record, input, cancellation);

    private Task<StepResult<TOut>> RunAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input, CancellationToken cancellation)
        where TIn : IStepInput
        where TOut : class =>
        runner.RunAsync(step, services.GetRequiredService<ICrewSyncStep<TIn, TOut>>(), input, cancellation);
}
