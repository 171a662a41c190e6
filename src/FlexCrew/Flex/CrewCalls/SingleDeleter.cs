using System.Collections.Concurrent;

namespace FlexCrew.Flex.CrewCalls;

/// <summary>Deletes line items one by one, a few at a time.</summary>
internal sealed class SingleDeleter(IFlexApi api, ContactLister lister, TimeSpan delay, int parallel, TimeProvider time)
{
    private const int MostSends = 2;

    private static readonly Failure NotDone = new(
        FailureKind.FlexUnreadable, "Flex confirmed the deletion and lists the contact all the same", Retryable: true);

    /// <summary>
    /// Deletes what is left, and looks for it in one listing: a 2xx is no proof. Those that are still listed are sent
    /// once more.
    /// </summary>
    public async Task DeleteAsync(string elementId, DeleteProgress progress, FlexScope scope, CancellationToken cancellation)
    {
        for (var sent = 1; ; sent++)
        {
            var doubts = await SendAsync(progress, scope, cancellation);
            if (progress.Left.Count == 0)
                return;

            var read = await LookAsync(elementId, progress, doubts, scope, cancellation);
            if (read.Value is not { } contacts)
            {
                progress.FailAll(read.Failure!);
                return;
            }

            progress.Gone(progress.Left.Where(id => contacts.OfLineItem(id) is null).ToList());
            if (progress.Left.Count == 0)
                return;
            if (sent == MostSends)
            {
                foreach (var id in progress.Left)
                    progress.Fail(id, doubts[id]);
                return;
            }
        }
    }

    private async Task<FlexRead<IReadOnlyList<FlexContact>>> LookAsync(
        string elementId, DeleteProgress progress, Dictionary<string, Failure> doubts, FlexScope scope, CancellationToken cancellation)
    {
        if (doubts.Values.All(doubt => doubt == NotDone))
            return await lister.ListAfterDeleteAsync(elementId, progress.Left, scope, cancellation);
        await Task.Delay(delay, time, cancellation);
        return await lister.ListAsync(elementId, progress.Left, scope, cancellation);
    }

    // Keeps in the progress the line items whose deletion a listing has to confirm. Returns what to report of each if it is still listed.
    private async Task<Dictionary<string, Failure>> SendAsync(DeleteProgress progress, FlexScope scope, CancellationToken cancellation)
    {
        var queue = new ConcurrentQueue<string>(progress.Left);
        var outcomes = new ConcurrentDictionary<string, WriteOutcome>(FlexIds.Comparer);
        Failure? stop = null;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(parallel, queue.Count)).Select(_ => WorkAsync()));

        progress.Spare(scope.Spared);
        var doubts = new Dictionary<string, Failure>(FlexIds.Comparer);
        foreach (var id in progress.Left)
        {
            switch (outcomes.GetValueOrDefault(id))
            {
                case WriteOutcome.Applied:
                    doubts[id] = NotDone;
                    break;
                case WriteOutcome.Unknown unknown:
                    doubts[id] = unknown.Failure;
                    break;
                case WriteOutcome.NotApplied refused:
                    progress.Fail(id, refused.Failure);
                    break;
                default:
                    progress.Fail(id, stop!);
                    break;
            }
        }

        return doubts;

        async Task WorkAsync()
        {
            while (Volatile.Read(ref stop) is null && queue.TryDequeue(out var id))
            {
                var outcome = outcomes[id] = await api.DeleteAsync(id, scope, cancellation);
                if (outcome is WriteOutcome.Unknown)
                    scope.CountUnknown();
                if (outcome is WriteOutcome.NotApplied
                    { Failure.Kind: FailureKind.FlexToken or FailureKind.LeaseLost or FailureKind.DeadlineExceeded } refused)
                    Volatile.Write(ref stop, refused.Failure);
            }
        }
    }
}
