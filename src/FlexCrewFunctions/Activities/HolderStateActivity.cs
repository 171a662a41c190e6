using FlexCrew.Locking;
using FlexCrewFunctions.Leases;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FlexCrewFunctions.Activities;

/// <summary>Tells a waiting orchestration what became of the holder of the lease.</summary>
public static class HolderStateActivity
{
    /// <summary>The name of the activity.</summary>
    public const string Name = "HolderState";

    /// <summary>Looks the holder's orchestration up.</summary>
    [Function(Name)]
    public static Task<HolderState> RunAsync(
        [ActivityTrigger] string holder, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        HolderLookup.StateAsync(client, holder, cancellation);
}
