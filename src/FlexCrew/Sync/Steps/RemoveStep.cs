using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>Removes rows that nobody desires and whose contact stays, and contacts whose replacement is there.</summary>
internal sealed class RemoveStep(ContactRemoval removal) : ICrewSyncStep<RemoveInput, RemovedContacts>
{
    public Task<RemovedContacts> RunAsync(RemoveInput input, FlexScope scope, CancellationToken cancellation) =>
        removal.RunAsync(input, scope, cancellation);
}
