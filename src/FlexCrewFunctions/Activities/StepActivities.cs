using FlexCrew.Sync;
using FlexCrewFunctions.Leases;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlexCrewFunctions.Activities;

/// <summary>One activity per step, named after it.</summary>
/// <param name="services">Where the bodies of the steps are.</param>
/// <param name="logger">Passed to the runner.</param>
public sealed class StepActivities(IServiceProvider services, ILogger<StepRunner> logger)
{
    /// <summary>Resolves the crew call and the desired crew.</summary>
    [Function("ResolveCrew")]
    public Task<StepResult<ResolvedCrew>> ResolveAsync(
        [ActivityTrigger] ResolveInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        RunAsync(SyncSteps.Resolve, input, client, cancellation);

    /// <summary>Prunes contacts in Flex.</summary>
    [Function("PruneOrphans")]
    public Task<StepResult<PrunedCrew>> PruneAsync(
        [ActivityTrigger] PruneInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        RunAsync(SyncSteps.Prune, input, client, cancellation);

    /// <summary>Deletes stale rows.</summary>
    [Function("DeleteStaleRows")]
    public Task<StepResult<StaleRowsDeleted>> DeleteStaleAsync(
        [ActivityTrigger] StaleInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        RunAsync(SyncSteps.DeleteStale, input, client, cancellation);

    /// <summary>Reads the table again.</summary>
    [Function("RereadCrew")]
    public Task<StepResult<CrewRows>> RereadAsync(
        [ActivityTrigger] RereadInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        RunAsync(SyncSteps.Reread, input, client, cancellation);

    /// <summary>Adds one contact, with upsert.</summary>
    [Function("AddContact")]
    public Task<StepResult<AddedContact>> AddAsync(
        [ActivityTrigger] AddInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        RunAsync(SyncSteps.Add, input, client, cancellation);

    /// <summary>Sets one business role.</summary>
    [Function("SetBusinessRole")]
    public Task<StepResult<RoleSet>> SetRoleAsync(
        [ActivityTrigger] RoleInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        RunAsync(SyncSteps.SetRole, input, client, cancellation);

    /// <summary>Removes the rows that nobody desires.</summary>
    [Function("RemoveLeftovers")]
    public Task<StepResult<RemovedRows>> RemoveAsync(
        [ActivityTrigger] RemoveInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        RunAsync(SyncSteps.Remove, input, client, cancellation);

    /// <summary>Writes the log row and the metrics.</summary>
    [Function("RecordRun")]
    public Task<StepResult<RunRecorded>> RecordAsync(
        [ActivityTrigger] RecordInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        RunAsync(SyncSteps.Record, input, client, cancellation);

    private Task<StepResult<TOut>> RunAsync<TIn, TOut>(
        Step<TIn, TOut> step, TIn input, DurableTaskClient client, CancellationToken cancellation)
        where TIn : IStepInput
        where TOut : class =>
        new StepRunner(new EntityFence(client), logger).RunAsync(
            step, services.GetRequiredService<ICrewSyncStep<TIn, TOut>>(), input, cancellation);
}
