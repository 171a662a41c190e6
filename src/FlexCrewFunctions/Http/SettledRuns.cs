using System.Collections.Concurrent;
using FlexCrew.Contract;

namespace FlexCrewFunctions.Http;

/// <summary>
/// Tells the requests that wait in this process that a department's run has settled. A shortcut: a run that another instance carries out is
/// seen by its status.
/// </summary>
public sealed class SettledRuns
{
    private readonly ConcurrentDictionary<string, Waiter> waiting = new();

    /// <summary>A department's run has settled. Nothing happens where nobody waits for it.</summary>
    /// <param name="instanceId">The run of the request.</param>
    /// <param name="department">The department.</param>
    /// <param name="summary">Its summary.</param>
    public void Announce(string instanceId, string department, DepartmentSummary summary)
    {
        if (waiting.TryGetValue(instanceId, out var waiter)) waiter.Add(department, summary);
    }

    /// <summary>Waits for the departments of a run to settle; disposing stops to wait.</summary>
    internal Waiter Await(string instanceId) =>
        waiting.GetOrAdd(instanceId, id => new Waiter(() => waiting.TryRemove(id, out _)));

    /// <summary>Somebody who waits.</summary>
    /// <param name="stop">Stops to wait.</param>
    internal sealed class Waiter(Action stop) : IDisposable
    {
        private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

        private readonly ConcurrentDictionary<string, DepartmentSummary> settled = new();
        private volatile TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Department → summary, of those that have settled.</summary>
        public IReadOnlyDictionary<string, DepartmentSummary> Settled => settled;

        public void Add(string department, DepartmentSummary summary)
        {
            if (settled.TryAdd(department, summary)) news.TrySetResult();
        }

        /// <summary>Waits for one more department, at most for a time.</summary>
        public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
        {
            // A delay of less than a millisecond is none: whoever waits for the rest of one would ask again and again.
            var delay = atMost < Shortest ? Shortest : atMost;
            using var heard = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (await Task.WhenAny(news.Task, Task.Delay(delay, time, heard.Token)) == news.Task)
                news = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await heard.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
        }

        public void Dispose() => stop();
    }
}
