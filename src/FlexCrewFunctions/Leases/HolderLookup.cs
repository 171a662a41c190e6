using FlexCrew.Contract;
using FlexCrew.Locking;
using Microsoft.DurableTask.Client;

namespace FlexCrewFunctions.Leases;

/// <summary>Looks up the orchestrations that hold leases.</summary>
internal static class HolderLookup
{
    /// <summary>
    /// What became of a department's run. It has an orchestration of its own where the request names several departments; else it is that
    /// of the request.
    /// </summary>
    public static async Task<HolderState> StateAsync(DurableTaskClient client, string holder, CancellationToken cancellation) =>
        await FindAsync(client, holder, cancellation) switch
        {
            null => new HolderState(HolderStatus.NotFound),
            { IsCompleted: true } ended => new HolderState(HolderStatus.Ended, ended.LastUpdatedAt),
            _ => new HolderState(HolderStatus.Running),
        };

    private static async Task<OrchestrationMetadata?> FindAsync(DurableTaskClient client, string holder, CancellationToken cancellation) =>
        await client.GetInstanceAsync(DepartmentRun.InstanceOf(holder), getInputsAndOutputs: false, cancellation) is not { } request ? null
        : await client.GetInstanceAsync(holder, getInputsAndOutputs: false, cancellation) ?? request;
}
