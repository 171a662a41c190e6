namespace FlexCrew.Sync;

/// <summary>Runs work several at once, in order of the list, without leaving the context it is called in.</summary>
internal static class Concurrently
{
    /// <summary>
    /// Runs <paramref name="work"/>, at most <paramref name="atMost"/> at once; answers in the order of the list.
    /// Calls <paramref name="onEach"/> after each.
    /// </summary>
    public static async Task<IReadOnlyList<T>> RunAsync<T>(IReadOnlyList<Func<Task<T>>> work, int atMost, Action onEach)
    {
        var results = new T[work.Count];
        var next = -1;

        async Task WorkAsync()
        {
            for (int mine; (mine = Interlocked.Increment(ref next)) < work.Count;)
            {
                results[mine] = await work[mine]();
                onEach();
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Math.Min(atMost, work.Count)).Select(_ => WorkAsync()));
        return results;
    }
}
