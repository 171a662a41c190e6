using FlexCrew.Locking;
using Microsoft.DurableTask.Client;

namespace FlexCrewFunctions.Leases;

/// <summary>Looks up the orchestrations that hold leases.</summary>
internal static class HolderLookup
{
    /// <summary>What became of the orchestration.</summary>
    public static async Task<HolderState> StateAsync(DurableTaskClient client, string holder, CancellationToken cancellation) =>
        await client.GetInstanceAsync(holder, getInputsAndOutputs: false, cancellation) switch
        {
            null => new HolderState(HolderStatus.NotFound),
            { IsCompleted: true } ended => new HolderState(HolderStatus.Ended, ended.LastUpdatedAt),
            _ => new HolderState(HolderStatus.Running),
        };
}
