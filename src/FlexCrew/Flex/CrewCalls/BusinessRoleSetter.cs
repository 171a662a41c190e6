namespace FlexCrew.Flex.CrewCalls;

/// <summary>Sets a business role; sending it twice does no harm, but a listing may save the second time.</summary>
internal sealed class BusinessRoleSetter(IFlexApi api, ContactLister lister, TimeSpan delay, TimeProvider time)
{
    private const int MostSends = 2;

    private static readonly Failure SetByHand = new(
        FailureKind.FlexRejected, "The contact was given another business role meanwhile, which is left as it is");

    /// <summary>As <see cref="ICrewCallClient.SetBusinessRoleAsync"/> promises.</summary>
    public async Task<WriteOutcome> SetAsync(
        string elementId, string lineItemId, string roleId, FlexScope scope, CancellationToken cancellation)
    {
        for (var sent = 1; ; sent++)
        {
            var outcome = await api.SetBusinessRoleAsync(elementId, lineItemId, roleId, scope, cancellation);
            if (outcome is not WriteOutcome.Unknown)
                return outcome;

            scope.CountUnknown();
            await Task.Delay(delay, time, cancellation);
            var read = await lister.ListAsync(elementId, [], scope, cancellation);
            if (read.Value is not { } contacts)
                return new WriteOutcome.Unknown(read.Failure!);
            var listed = contacts.OfLineItem(lineItemId)?.BusinessRole;
            if (FlexIds.Same(listed, roleId))
                return new WriteOutcome.Applied(lineItemId);
            if (listed is { Length: > 0 })
                return new WriteOutcome.NotApplied(SetByHand);
            if (sent == MostSends)
                return outcome;
        }
    }
}
