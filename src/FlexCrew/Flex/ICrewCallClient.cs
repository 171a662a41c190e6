namespace FlexCrew.Flex;

/// <summary>
/// A crew call in Flex: what steps do to it. Decides what follows from an unknown outcome, which listing
/// to believe, and when a delete is done. Implemented over <see cref="IFlexApi"/>.
/// </summary>
public interface ICrewCallClient
{
    /// <summary>
    /// Lists the contacts, authoritatively: every line item of <paramref name="mapped"/> that the first endpoint
    /// does not show is confirmed missing by a second one, else the read failed.
    /// </summary>
    Task<FlexRead<IReadOnlyList<FlexContact>>> ListContactsAsync(
        string elementId, IReadOnlyCollection<string> mapped, FlexScope scope, CancellationToken cancellation);

    /// <summary>
    /// Makes sure that the crew call has a contact of the resource. An unknown outcome is resolved by listing;
    /// only when several listings do not show the contact is the request sent again (once).
    /// </summary>
    /// <param name="contact">Whom to add, and what is known of them.</param>
    /// <param name="scope">The step's scope.</param>
    /// <param name="cancellation">Ends the wait, not what Flex already does.</param>
    Task<AddContactOutcome> AddContactAsync(ContactToAdd contact, FlexScope scope, CancellationToken cancellation);

    /// <summary>Sets a business role; an unknown outcome is resolved by listing, then by sending again.</summary>
    Task<WriteOutcome> SetBusinessRoleAsync(
        string elementId, string lineItemId, string roleId, FlexScope scope, CancellationToken cancellation);

    /// <summary>
    /// Deletes line items: one by a single request, more by one bulk request, the rest one by one. Each way is
    /// verified by a listing: a 2xx that deleted nothing is not success.
    /// </summary>
    Task<DeleteContactsOutcome> DeleteContactsAsync(
        string elementId, IReadOnlyCollection<string> lineItemIds, FlexScope scope, CancellationToken cancellation);

    /// <summary>Whether the token is accepted: reads nothing that matters. For readiness.</summary>
    Task<Failure?> CheckTokenAsync(FlexScope scope, CancellationToken cancellation);
}

/// <summary>What became of an add.</summary>
/// <param name="Contact">The contact; null when it failed.</param>
/// <param name="Created">True when it was made by a request of ours, false when it was found.</param>
/// <param name="IsOnly">False when a listing shows several contacts of the resource, so that nobody can tell who placed which.</param>
/// <param name="Outcome">The last outcome; Unknown means that it may still turn up.</param>
public sealed record AddContactOutcome(FlexContact? Contact, bool Created, bool IsOnly, WriteOutcome Outcome);

/// <summary>What became of a delete.</summary>
/// <param name="Deleted">The line items that Flex does not have any more.</param>
/// <param name="Remaining">Those that it may still have, each with the reason.</param>
/// <param name="Spared">Those that were not deleted, because the guard of the step left them out.</param>
public sealed record DeleteContactsOutcome(
    IReadOnlyList<string> Deleted, IReadOnlyDictionary<string, Failure> Remaining, IReadOnlyList<string> Spared);

/// <summary>A contact that is to be on a crew call.</summary>
/// <param name="ElementId">The crew call.</param>
/// <param name="ResourceId">The contact's resource id.</param>
/// <param name="ListFirst">An earlier attempt may have been applied: list before sending anything.</param>
/// <param name="Mapped">Line items that the table maps for the contact: that one is taken where it is listed, else the oldest.</param>
public sealed record ContactToAdd(string ElementId, string ResourceId, bool ListFirst, IReadOnlySet<string> Mapped);
