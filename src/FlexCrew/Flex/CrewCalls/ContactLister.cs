namespace FlexCrew.Flex.CrewCalls;

/// <summary>Lists contacts through the first endpoint that works, and asks another one about whom it does not show.</summary>
internal sealed class ContactLister(IFlexApi api)
{
    private static readonly FlexListing[] Endpoints = [FlexListing.RowData, FlexListing.LineItems, FlexListing.Children, FlexListing.Single];

    /// <summary>The contacts, as <see cref="ICrewCallClient.ListContactsAsync"/> promises.</summary>
    public Task<FlexRead<IReadOnlyList<FlexContact>>> ListAsync(string elementId, IReadOnlyCollection<string> mapped, FlexScope scope, CancellationToken cancellation) =>
        ListAsync(elementId, mapped, deleted: false, scope, cancellation);

    /// <summary>
    /// The contacts after a delete that Flex confirmed: absence is expected, so that only an empty listing is asked
    /// about, and believed where no other endpoint works.
    /// </summary>
    public Task<FlexRead<IReadOnlyList<FlexContact>>> ListAfterDeleteAsync(string elementId, IReadOnlyCollection<string> deleted, FlexScope scope, CancellationToken cancellation) =>
        ListAsync(elementId, deleted, deleted: true, scope, cancellation);

    private async Task<FlexRead<IReadOnlyList<FlexContact>>> ListAsync(string elementId, IReadOnlyCollection<string> mapped, bool deleted, FlexScope scope, CancellationToken cancellation)
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

    // Null when no endpoint is left that works.
    private async Task<FlexRead<IReadOnlyList<FlexContact>>?> NextAsync(Queue<FlexListing> endpoints, List<Failure> refusals, string elementId, FlexScope scope, CancellationToken cancellation)
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
