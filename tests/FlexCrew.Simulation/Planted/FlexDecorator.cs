using FlexCrew.Flex;

namespace FlexCrew.Simulation.Planted;

/// <summary>Passes everything on.</summary>
internal abstract class FlexDecorator(IFlexApi inner) : IFlexApi
{
    public virtual Task<FlexRead<IReadOnlyList<FlexContact>>> ListAsync(
        FlexListing listing, string elementId, FlexScope scope, CancellationToken cancellation) =>
        inner.ListAsync(listing, elementId, scope, cancellation);

    public virtual Task<WriteOutcome> AddResourceAsync(
        string elementId, string resourceId, FlexScope scope, CancellationToken cancellation) =>
        inner.AddResourceAsync(elementId, resourceId, scope, cancellation);

    public Task<WriteOutcome> SetBusinessRoleAsync(
        string elementId, string lineItemId, string roleId, FlexScope scope, CancellationToken cancellation) =>
        inner.SetBusinessRoleAsync(elementId, lineItemId, roleId, scope, cancellation);

    public Task<WriteOutcome> DeleteAsync(string lineItemId, FlexScope scope, CancellationToken cancellation) =>
        inner.DeleteAsync(lineItemId, scope, cancellation);

    public Task<WriteOutcome> DeleteManyAsync(
        IReadOnlyCollection<string> lineItemIds, string key, FlexScope scope, CancellationToken cancellation) =>
        inner.DeleteManyAsync(lineItemIds, key, scope, cancellation);
}
