using System.Collections.Concurrent;

namespace FlexCrew.Flex.CrewCalls;

/// <summary>Deletes line items one by one, a few at a time.</summary>
internal sealed class SingleDeleter(IFlexApi api, ContactLister lister, TimeSpan delay, int parallel, TimeProvider time)
{
    private const int MostSends = 2;

    /// <summary>Deletes what is left. Those whose outcome is unknown are looked for in a listing, and sent once more.</summary>
    public async Task DeleteAsync(string elementId, DeleteProgress progress, FlexScope scope, CancellationToken cancellation)
    {
        for (var sent = 1; progress.Left.Count > 0; sent++)
        {
            var doubts = await SendAsync(progress, scope, cancellation);
            if (doubts.Count == 0)
                return;

            await Task.Delay(delay, time, cancellation);
            var read = await lister.ListAsync(elementId, progress.Left, scope, cancellation);
            if (read.Value is not { } contacts)
            {
                progress.FailAll(read.Failure!);
                return;
            }

            progress.Gone(progress.Left.Where(id => contacts.OfLineItem(id) is null).ToList());
            if (sent == MostSends)
            {
                foreach (var id in progress.Left)
                    progress.Fail(id, doubts[id]);
            }
        }
    }

    // Leaves those in the progress whose outcome is unknown, and tells why it is.
    private async Task<Dictionary<string, Failure>> SendAsync(DeleteProgress progress, FlexScope scope, CancellationToken cancellation)
    {
        var queue = new ConcurrentQueue<string>(progress.Left);
        var outcomes = new ConcurrentDictionary<string, WriteOutcome>(FlexIds.Comparer);
        Failure? stop = null;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(parallel, queue.Count)).Select(_ => WorkAsync()));

        var doubts = new Dictionary<string, Failure>(FlexIds.Comparer);
        foreach (var id in progress.Left)
        {
            switch (outcomes.GetValueOrDefault(id))
            {
                case WriteOutcome.Applied:
                    progress.Gone([id]);
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
                if (outcome is WriteOutcome.NotApplied { Failure.Kind: FailureKind.FlexToken } refused)
                    Volatile.Write(ref stop, refused.Failure);
            }
        }
    }
}
