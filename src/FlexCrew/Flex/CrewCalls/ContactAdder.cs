namespace FlexCrew.Flex.CrewCalls;

/// <summary>Adds a contact so that there is one in the end, not two.</summary>
internal sealed class ContactAdder(IFlexApi api, ContactLister lister, IReadOnlyList<TimeSpan> delays, TimeProvider time)
{
    private const int MostSends = 2;

    /// <summary>As <see cref="ICrewCallClient.AddContactAsync"/> promises.</summary>
    public async Task<AddContactOutcome> AddAsync(ContactToAdd added, FlexScope scope, CancellationToken cancellation)
    {
        var (elementId, resourceId, listFirst, mapped) = added;
        HashSet<string>? before = null;
        if (listFirst)
        {
            var read = await lister.ListAsync(elementId, mapped, scope, cancellation);
            if (read.Value is not { } contacts)
                return GiveUp(read.Failure!);
            if (contacts.OfResource(resourceId, mapped) is { } found)
                return new(found, Created: false, contacts.HasOne(resourceId), new WriteOutcome.Applied(found.LineItemId));
            if (CannotTell(contacts, before))
                return GiveUp(Anonymous);
            before = contacts.Select(contact => contact.LineItemId).ToHashSet(FlexIds.Comparer);
        }

        Failure? doubt = null;
        for (var sent = 0; sent < MostSends; sent++)
        {
            switch (await api.AddResourceAsync(elementId, resourceId, scope, cancellation))
            {
                case WriteOutcome.Applied { LineItemId: { Length: > 0 } id } applied:
                    return new(new FlexContact(id, resourceId), Created: true, IsOnly: true, applied);
                case WriteOutcome.NotApplied refused:
                    // The request that was sent before may still be carried out, so the outcome stays unknown.
                    return doubt is null ? new(null, Created: false, IsOnly: false, refused) : GiveUp(refused.Failure);
                case WriteOutcome.Unknown unknown:
                    doubt = unknown.Failure;
                    break;
                default:
                    doubt = new(FailureKind.FlexUnreadable, "Flex answered the add without the id of the new contact", Retryable: true);
                    break;
            }

            scope.CountUnknown();
            var (found, failure) = await LookAsync(elementId, resourceId, before, scope, cancellation);
            if (found is not null)
                return found;
            if (failure is not null)
                return GiveUp(failure);
        }

        return GiveUp(doubt!);
    }

    private async Task<(AddContactOutcome? Found, Failure? Failure)> LookAsync(
        string elementId, string resourceId, HashSet<string>? before, FlexScope scope, CancellationToken cancellation)
    {
        var doubtful = false;
        foreach (var delay in delays)
        {
            await Task.Delay(delay, time, cancellation);
            var read = await lister.ListAsync(elementId, [], scope, cancellation);
            if (read.Value is not { } contacts)
                return (null, read.Failure);
            if (contacts.OfResource(resourceId) is { } contact)
            {
                var applied = new WriteOutcome.Applied(contact.LineItemId);
                return (new(contact, Created: true, contacts.HasOne(resourceId), applied), null);
            }

            doubtful = CannotTell(contacts, before);
        }

        return (null, doubtful ? Anonymous : null);
    }

    // When a listing has contacts without a resource id, one of them may be the contact that is looked for. So it does not prove
    // that the contact is missing. Contacts that were there before the add was sent are not the one.
    private static bool CannotTell(IReadOnlyList<FlexContact> contacts, HashSet<string>? before) => before is null
        ? contacts.Count > 0 && contacts.All(contact => contact.ResourceId is null)
        : contacts.Any(contact => contact.ResourceId is null && !before.Contains(contact.LineItemId));

    private static Failure Anonymous { get; } = new(
        FailureKind.FlexUnreadable, "Flex lists a contact without saying who it is: whether the add was applied cannot be seen");

    private static AddContactOutcome GiveUp(Failure failure) => new(null, Created: false, IsOnly: false, new WriteOutcome.Unknown(failure));
}
