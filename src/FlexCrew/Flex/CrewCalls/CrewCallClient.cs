using Microsoft.Extensions.Options;

namespace FlexCrew.Flex.CrewCalls;

/// <summary>The decisions about a crew call; the requests are made by <see cref="IFlexApi"/>.</summary>
internal sealed class CrewCallClient : ICrewCallClient
{
    private static readonly TimeSpan[] DefaultDelays = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    private readonly IFlexApi api;
    private readonly ContactLister lister;
    private readonly ContactAdder adder;
    private readonly BusinessRoleSetter roles;
    private readonly ContactDeleter deleter;

    public CrewCallClient(IFlexApi api, IOptions<FlexCrewOptions> options, TimeProvider time)
    {
        var delays = options.Value.UnknownOutcomeDelays is { Count: > 0 } configured ? [.. configured] : DefaultDelays;
        this.api = api;
        lister = new ContactLister(api);
        adder = new ContactAdder(api, lister, delays, time);
        roles = new BusinessRoleSetter(api, lister, delays[0], time);
        deleter = new ContactDeleter(api, lister, delays[0], options.Value.MaxConcurrentFlexRequests, time);
    }

    public Task<FlexRead<IReadOnlyList<FlexContact>>> ListContactsAsync(
        string elementId, IReadOnlyCollection<string> mapped, FlexScope scope, CancellationToken cancellation) =>
        lister.ListAsync(elementId, mapped, scope, cancellation);

    public Task<AddContactOutcome> AddContactAsync(ContactToAdd contact, FlexScope scope, CancellationToken cancellation) =>
        adder.AddAsync(contact, scope, cancellation);

    public Task<WriteOutcome> SetBusinessRoleAsync(
        string elementId, string lineItemId, string roleId, FlexScope scope, CancellationToken cancellation) =>
        roles.SetAsync(elementId, lineItemId, roleId, scope, cancellation);

    public Task<DeleteContactsOutcome> DeleteContactsAsync(
        string elementId, IReadOnlyCollection<string> lineItemIds, FlexScope scope, CancellationToken cancellation) =>
        deleter.DeleteAsync(elementId, lineItemIds, scope, cancellation);

    // Asks for an element that does not exist. Flex looks at the token first, so any answer but a refusal means that it is accepted.
    public async Task<Failure?> CheckTokenAsync(FlexScope scope, CancellationToken cancellation) =>
        (await api.ListAsync(FlexListing.Single, Guid.Empty.ToString(), scope, cancellation)).Failure is
        { Kind: not (FailureKind.FlexRejected or FailureKind.FlexUnreadable) } failure
            ? failure
            : null;
}
