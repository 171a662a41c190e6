namespace FlexCrew.Flex.CrewCalls;

/// <summary>Deletes line items: several by one request where Flex understands it, the others one by one.</summary>
internal sealed class ContactDeleter(IFlexApi api, ContactLister lister, TimeSpan delay, int parallel, TimeProvider time)
{
    private static readonly string[] Keys = ["lineItemIds", "lineItemId", "ids"];

    private readonly SingleDeleter singles = new(api, lister, delay, parallel, time);
    private volatile string workingKey = Keys[0];

    /// <summary>As <see cref="ICrewCallClient.DeleteContactsAsync"/> promises.</summary>
    public async Task<DeleteContactsOutcome> DeleteAsync(
        string elementId, IReadOnlyCollection<string> lineItemIds, FlexScope scope, CancellationToken cancellation)
    {
        var progress = new DeleteProgress(lineItemIds);
        if (progress.Left.Count > 1)
            await DeleteManyAsync(elementId, progress, scope, cancellation);
        if (progress.Left.Count > 0)
            await singles.DeleteAsync(elementId, progress, scope, cancellation);
        return progress.Outcome();
    }

    private async Task DeleteManyAsync(string elementId, DeleteProgress progress, FlexScope scope, CancellationToken cancellation)
    {
        var known = workingKey;
        foreach (var key in Keys.OrderBy(key => key == known ? 0 : 1))
        {
            var outcome = await api.DeleteManyAsync(progress.Left, key, scope, cancellation);
            progress.Spare(scope.Spared);
            if (progress.Left.Count == 0)
                return;
            if (outcome is WriteOutcome.NotApplied refused)
            {
                if (refused.Failure.Kind == FailureKind.FlexRejected)
                    continue;
                progress.FailAll(refused.Failure);
                return;
            }

            var before = progress.Left.Count;
            if (!await VerifyAsync(elementId, outcome, progress, scope, cancellation))
                return;
            if (progress.Left.Count < before)
            {
                workingKey = key;
                return;
            }

            if (outcome is WriteOutcome.Unknown)
                return;
        }
    }

    // A 2xx does not prove that anything was deleted: Flex ignores keys that it does not know.
    private async Task<bool> VerifyAsync(
        string elementId, WriteOutcome outcome, DeleteProgress progress, FlexScope scope, CancellationToken cancellation)
    {
        if (outcome is WriteOutcome.Unknown)
        {
            scope.CountUnknown();
            await Task.Delay(delay, time, cancellation);
        }

        var read = outcome is WriteOutcome.Applied
            ? await lister.ListAfterDeleteAsync(elementId, progress.Left, scope, cancellation)
            : await lister.ListAsync(elementId, progress.Left, scope, cancellation);
        if (read.Value is not { } contacts)
        {
            progress.FailAll(read.Failure!);
            return false;
        }

        progress.Gone(progress.Left.Where(id => contacts.OfLineItem(id) is null).ToList());
        return true;
    }
}
