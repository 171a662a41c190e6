using System.Diagnostics;

namespace FlexSimulator;

/// <summary>
/// Every request, in the order in which it came; the oldest are forgotten when there are too many, the counts are not.
/// A request ends, for the counts, just before the last byte of its answer is sent, so that a client
/// which reacts to an answer is never counted as overlapping it.
/// </summary>
public sealed class RequestLog
{
    /// <summary>
    /// A client that gives up can send its next request before its closed connection is noticed here:
    /// what came so shortly before the notice did not overlap.
    /// </summary>
    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly int capacity;
    private readonly LinkedList<Call> calls = [];
    private readonly HashSet<Call> underWay = [];
    private readonly RetryTimes retryTimes = new();
    private readonly Signal changed = new();
    private Tally forgotten = new();
    private long sequence;

    /// <summary>Raised for each request when it has ended, on the thread that handles it.</summary>
    public event Action<LoggedRequest>? Ended;

    internal RequestLog(int capacity) => this.capacity = Math.Max(1, capacity);

    /// <summary>The requests that are remembered, oldest first.</summary>
    public IReadOnlyList<LoggedRequest> Requests
    {
        get { lock (gate) return [.. calls.Select(call => call.Snapshot())]; }
    }

    /// <summary>The counts at this instant.</summary>
    public LogMetrics Metrics
    {
        get
        {
            lock (gate)
            {
                var all = forgotten.Copy();
                foreach (var call in calls) Fold(all, call);
                return all.Metrics(underWay.Count);
            }
        }
    }

    /// <summary>How many requests of these endpoints there were.</summary>
    public long Count(FlexEndpoint endpoints) =>
        Metrics.ByEndpoint.Where(counted => (counted.Key & endpoints) != 0).Sum(counted => counted.Value);

    /// <summary>Forgets everything; requests under way are not counted any more.</summary>
    public void Clear()
    {
        lock (gate)
        {
            calls.Clear();
            underWay.Clear();
            retryTimes.Clear();
            forgotten = new Tally();
        }
        changed.Raise();
    }

    /// <summary>Waits until so many remembered requests are as asked.</summary>
    /// <exception cref="TimeoutException">There were too few in time (default 10 s).</exception>
    public Task WaitForAsync(Func<LoggedRequest, bool> condition, int count = 1, TimeSpan? timeout = null) =>
        changed.WaitUntilAsync(() => Requests.Count(condition) >= count, timeout);

    internal Call Begin(LoggedRequest request)
    {
        var call = new Call(request, Stopwatch.GetTimestamp());
        lock (gate)
        {
            call.Learn(known => known with
            {
                Sequence = ++sequence,
                Early = retryTimes.IsEarly(known.Method, known.Path, call.StartedAt),
            });
            foreach (var other in underWay.Where(other => call.IsWrite && other.IsWrite && other.Shares(call)))
            {
                call.ConcurrentWrites++;
                if (other.Known.CorrelationId != request.CorrelationId) call.Overlaps.Add(other.Known.Sequence);
            }
            if (call.IsWrite) call.ConcurrentWrites++;
            underWay.Add(call);
            call.Concurrency = underWay.Count;
            calls.AddLast(call);
            while (calls.Count > capacity)
            {
                Fold(forgotten, calls.First!.Value);
                calls.RemoveFirst();
            }
        }
        changed.Raise();
        return call;
    }

    internal void Learn(Call call, Func<LoggedRequest, LoggedRequest> change)
    {
        lock (gate) call.Learn(change);
        changed.Raise();
    }

    /// <summary>Ends the request for the counts; only the first end counts.</summary>
    internal bool End(Call call, RequestEnding ending, int? status = null, TimeSpan? retryAfter = null)
    {
        lock (gate)
        {
            if (!call.UnderWay) return false;
            call.Learn(known => known with { Ending = ending, Status = status, Duration = call.Elapsed });
            call.UnderWay = false;
            underWay.Remove(call);
            if (retryAfter is { } wait) retryTimes.Set(call.Known.Method, call.Known.Path, wait);
            if (ending == RequestEnding.ClientGone) NoticeLate(call);
        }
        changed.Raise();
        Ended?.Invoke(call.Known);
        return true;
    }

    private void NoticeLate(Call gone)
    {
        for (var node = calls.Last; node is not null; node = node.Previous)
        {
            var later = node.Value;
            if (later == gone || later.Elapsed > Notice) return;
            later.Concurrency--;
            if (gone.IsWrite && later.IsWrite && gone.Shares(later)) later.ConcurrentWrites--;
            later.Overlaps.Remove(gone.Known.Sequence);
        }
    }

    private static void Fold(Tally tally, Call call) =>
        tally.Add(call.Snapshot(), Enumerable.Repeat(call.Known.CrewCalls is [var first, ..] ? first : "", call.Overlaps.Count));
}
