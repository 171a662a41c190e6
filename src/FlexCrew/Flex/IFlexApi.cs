namespace FlexCrew.Flex;

/// <summary>
/// The requests of the crew-call part of the Flex API, one method a request; each may be tried a few times
/// where that is safe. What follows from an outcome is decided by <see cref="ICrewCallClient"/>.
/// </summary>
public interface IFlexApi
{
    /// <summary>Lists all contacts of a crew call through one endpoint, from as many pages as it takes, or fails.</summary>
    Task<FlexRead<IReadOnlyList<FlexContact>>> ListAsync(
        FlexListing listing, string elementId, FlexScope scope, CancellationToken cancellation);

    /// <summary>Adds a contact: additive, a second request makes a second line.</summary>
    Task<WriteOutcome> AddResourceAsync(string elementId, string resourceId, FlexScope scope, CancellationToken cancellation);

    /// <summary>Sets the business role of a contact. Applying it twice is the same as once.</summary>
    Task<WriteOutcome> SetBusinessRoleAsync(
        string elementId, string lineItemId, string roleId, FlexScope scope, CancellationToken cancellation);

    /// <summary>Deletes one line item; one that is gone already (404) counts as applied.</summary>
    Task<WriteOutcome> DeleteAsync(string lineItemId, FlexScope scope, CancellationToken cancellation);

    /// <summary>Deletes several line items by one request whose form body repeats <paramref name="key"/>.</summary>
    Task<WriteOutcome> DeleteManyAsync(
        IReadOnlyCollection<string> lineItemIds, string key, FlexScope scope, CancellationToken cancellation);
}

/// <summary>The endpoints that list the contacts of a crew call, in the order in which they are asked.</summary>
public enum FlexListing
{
    /// <summary><c>GET /line-item/{cc}/row-data/</c>: what the Flex UI asks; the only one with business roles.</summary>
    RowData,

    /// <summary><c>GET /element/{cc}/line-items</c></summary>
    LineItems,

    /// <summary><c>GET /line-item/{cc}/children</c></summary>
    Children,

    /// <summary><c>GET /line-item/{cc}</c></summary>
    Single,
}
