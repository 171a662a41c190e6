namespace FlexCrew.Flex.CrewCalls;

/// <summary>
/// Lists contacts through the first endpoint that works, and asks a second one when the first does not show every line item that the
/// table maps.
/// </summary>
internal sealed class ContactLister(IFlexApi api)
{
    private static readonly FlexListing[] Endpoints =
        [FlexListing.RowData, FlexListing.LineItems, FlexListing.Children, FlexListing.Single];

    /// <summary>The contacts, as <see cref="ICrewCallClient.ListContactsAsync"/> promises.</summary>
    public Task<FlexRead<IReadOnlyList<FlexContact>>> ListAsync(
        string elementId, IReadOnlyCollection<string> mapped, FlexScope scope, CancellationToken cancellation) =>
        ListAsync(elementId, mapped, deleted: false, scope, cancellation);

    /// <summary>
    /// The contacts after a delete that Flex confirmed. The deleted ones are expected to be missing, so a second endpoint is asked
    /// only when the listing is empty; where no second endpoint works, the empty listing is believed.
    /// </summary>
    public Task<FlexRead<IReadOnlyList<FlexContact>>> ListAfterDeleteAsync(
        string elementId, IReadOnlyCollection<string> deleted, FlexScope scope, CancellationToken cancellation) =>
        ListAsync(elementId, deleted, deleted: true, scope, cancellation);

    private async Task<FlexRead<IReadOnlyList<FlexContact>>> ListAsync(
        string elementId, IReadOnlyCollection<string> mapped, bool deleted, FlexScope scope, CancellationToken cancellation)
    {
        var endpoints = new Queue<FlexListing>(Endpoints);
        var refusals = new List<Failure>();
        if (await NextAsync(endpoints, refusals, elementId, scope, cancellation) is not { } first)
            return FlexRead<IReadOnlyList<FlexContact>>.Failed(NothingWorks(refusals));
        if (first.Value is not { } contacts)
            return first;

        contacts = Contacts.Union(contacts, []);
        if (Contacts.ShowsAll(contacts, mapped) || (deleted && contacts.Count > 0))
            return FlexRead<IReadOnlyList<FlexContact>>.Of(contacts);

        return await NextAsync(endpoints, refusals, elementId, scope, cancellation) switch
        {
            { Value: { } others } => FlexRead<IReadOnlyList<FlexContact>>.Of(Contacts.Union(contacts, others)),
            { } failed => failed,
            null when contacts.Count > 0 || deleted => FlexRead<IReadOnlyList<FlexContact>>.Of(contacts),
            null => FlexRead<IReadOnlyList<FlexContact>>.Failed(NotBelieved(mapped.Count)),
        };
    }

    // The next endpoint that works; null when none is left.
    private async Task<FlexRead<IReadOnlyList<FlexContact>>?> NextAsync(
        Queue<FlexListing> endpoints, List<Failure> refusals, string elementId, FlexScope scope, CancellationToken cancellation)
    {
        while (endpoints.TryDequeue(out var endpoint))
        {
            var read = await api.ListAsync(endpoint, elementId, scope, cancellation);
            if (read.Failure is not { } failure || !IsUnsupported(failure))
                return read;
            refusals.Add(failure);
        }

        return null;
    }

    private static bool IsUnsupported(Failure failure) =>
        failure.Kind is FailureKind.FlexRejected or FailureKind.FlexUnreadable || failure.Status == 501;

    private static Failure NothingWorks(List<Failure> refusals) =>
        refusals.Find(refusal => refusal.Status != 404)
        ?? new(FailureKind.FlexRejected, "The crew call was not found in Flex", Status: 404);

    private static Failure NotBelieved(int mapped) => new(
        FailureKind.FlexUnreadable, $"Flex listed nobody although the table maps {mapped}; not believed", Retryable: true);
}
