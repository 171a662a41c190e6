namespace FlexCrew.Flex.Resilience.AdaptiveConcurrency;

/// <summary>
/// Decides how many attempts may be under way at once, as TCP decides how much it sends. The limit doubles with each round
/// of successes until the other side objects for the first time or the ceiling is reached; from then on it grows by one per
/// round. An objection halves it. A round is as many successes as the limit was when it began. Attempts that find no slot
/// wait in the order in which they came.
/// </summary>
/// <param name="initialLimit">The first limit.</param>
/// <param name="ceiling">The highest limit.</param>
/// <param name="objectionMemory">How long the limit stays below the number at which the other side last objected.</param>
/// <param name="time">The clock of that memory.</param>
internal sealed class AdaptiveLimiter(int initialLimit, int ceiling, TimeSpan objectionMemory, TimeProvider time)
{
    public const int DefaultInitialLimit = 8;
    public const int DefaultCeiling = 16;
    public static readonly TimeSpan DefaultObjectionMemory = TimeSpan.FromSeconds(30);

    private const int Floor = 1;

    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource<int>> waiting = [];
    private int limit = Math.Min(initialLimit, ceiling);
    private int inFlight;
    private int successes;
    private int cuts;
    private bool hasObjected;
    private bool hasGrown = true;
    private int objectedAt = int.MaxValue;
    private DateTimeOffset forgetAt = DateTimeOffset.MinValue;

    /// <summary>Attempts that may be under way at once.</summary>
    public int Limit
    {
        get { lock (gate) return limit; }
    }

    /// <summary>Attempts that hold a slot.</summary>
    public int InFlight
    {
        get { lock (gate) return inFlight; }
    }

    /// <summary>Attempts that wait for a slot.</summary>
    public int Waiting
    {
        get { lock (gate) return waiting.Count; }
    }

    /// <summary>
    /// Waits for a slot; cancelled, the attempt leaves the queue. The number that it gets belongs to the slot and is given
    /// back with it.
    /// </summary>
    public Task<int> AcquireAsync(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<int>(cancellation);
        LinkedListNode<TaskCompletionSource<int>> place;
        lock (gate)
        {
            if (waiting.Count == 0 && inFlight < limit)
            {
                inFlight++;
                return Task.FromResult(cuts);
            }
            place = waiting.AddLast(new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        return cancellation.CanBeCanceled ? WaitAsync(place, cancellation) : place.Value.Task;
    }

    /// <summary>Gives a slot back and learns from how its attempt ended.</summary>
    public void Release(int slot, ConcurrencySignal signal)
    {
        lock (gate)
        {
            // An attempt that was sent before the limit was last lowered does not show whether the lower limit is right.
            if (slot == cuts)
            {
                if (signal == ConcurrencySignal.Objection) Cut();
                else if (signal == ConcurrencySignal.Success && IsUsed()) CountSuccess();
            }
            inFlight--;
            while (inFlight < limit && waiting.First is { } first)
            {
                waiting.RemoveFirst();
                inFlight++;
                first.Value.SetResult(cuts);
            }
        }
    }

    private async Task<int> WaitAsync(LinkedListNode<TaskCompletionSource<int>> place, CancellationToken cancellation)
    {
        using var registration = cancellation.UnsafeRegister(_ => GiveUp(place, cancellation), null);
        return await place.Value.Task;
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource<int>> place, CancellationToken cancellation)
    {
        lock (gate)
        {
            // A request that got its slot in the meantime keeps it, and gives it back when it has ended.
            if (place.List is null) return;
            waiting.Remove(place);
        }
        place.Value.SetCanceled(cancellation);
    }

    /// <summary>Successes of a process that has little to do would raise the limit to a height that nothing has proven.</summary>
    private bool IsUsed() => 2 * inFlight >= limit;

    private void Cut()
    {
        hasObjected = true;
        // When the limit is lowered several times in a row, only the limit before the first of them had worked.
        if (hasGrown) (objectedAt, forgetAt, hasGrown) = (limit, time.GetUtcNow() + objectionMemory, false);
        limit = Math.Max(Floor, limit / 2);
        successes = 0;
        cuts++;
    }

    private void CountSuccess()
    {
        if (++successes < limit) return;
        successes = 0;
        var highest = time.GetUtcNow() < forgetAt ? Math.Min(ceiling, objectedAt - 1) : ceiling;
        var grown = Math.Min(highest, hasObjected ? limit + 1 : 2 * limit);
        if (grown <= limit) return;
        limit = grown;
        hasGrown = true;
    }
}
