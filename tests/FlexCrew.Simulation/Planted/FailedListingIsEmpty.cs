using FlexCrew.Flex;

namespace FlexCrew.Simulation.Planted;

internal sealed class FailedListingIsEmpty(IFlexApi inner) : FlexDecorator(inner)
{
    public override async Task<FlexRead<IReadOnlyList<FlexContact>>> ListAsync(
        FlexListing listing, string elementId, FlexScope scope, CancellationToken cancellation)
    {
        var read = await base.ListAsync(listing, elementId, scope, cancellation);
        return read.Failure is null ? read : FlexRead<IReadOnlyList<FlexContact>>.Of([]);
    }
}
