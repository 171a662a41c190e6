using FlexCrew.Flex;

namespace FlexCrew.Simulation.Planted;

internal sealed class BlindRetry(IFlexApi inner) : FlexDecorator(inner)
{
    public override async Task<WriteOutcome> AddResourceAsync(
        string elementId, string resourceId, FlexScope scope, CancellationToken cancellation)
    {
        var outcome = await base.AddResourceAsync(elementId, resourceId, scope, cancellation);
        return outcome is WriteOutcome.Unknown ? await base.AddResourceAsync(elementId, resourceId, scope, cancellation) : outcome;
    }
}
