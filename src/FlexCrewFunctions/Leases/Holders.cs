using FlexCrew.Locking;
using Microsoft.DurableTask.Client;

namespace FlexCrewFunctions.Leases;

/// <summary>Looks up the orchestrations that hold leases.</summary>
internal static class Holders
{
    public static async Task<HolderState> StateAsync(DurableTaskClient client, string holder, CancellationToken cancellation)
    {
        var instance = await client.GetInstanceAsync(holder, getInputsAndOutputs: false, cancellation);
        return instance is null
            ? new HolderState(false, null)
            : new HolderState(!instance.IsCompleted, instance.LastUpdatedAt);
    }
}
