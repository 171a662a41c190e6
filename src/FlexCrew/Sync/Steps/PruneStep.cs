using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>Deletes contacts that should not be there, and the rows that map them.</summary>
internal sealed class PruneStep(ContactRemoval removal) : ICrewSyncStep<PruneInput, RemovedContacts>
{
    public Task<RemovedContacts> RunAsync(PruneInput input, FlexScope scope, CancellationToken cancellation) =>
        removal.RunAsync(new RemoveInput(input.Run, input.Target, [], input.Contacts), scope, cancellation);
}
