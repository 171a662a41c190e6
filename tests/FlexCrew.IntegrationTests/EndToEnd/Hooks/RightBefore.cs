namespace FlexCrew.IntegrationTests.EndToEnd.Hooks;

/// <summary>Does something once, right before a query or a request to Flex; the host waits for it.</summary>
/// <param name="effect">How the name of the query, or method and path of the request, begin.</param>
/// <param name="act">What is done.</param>
internal sealed class RightBefore(string effect, Func<Task> act) : IHook
{
    private int met;

    public async Task<T> AroundAsync<T>(string name, bool writes, Func<Task<T>> send)
    {
        if (name.StartsWith(effect, StringComparison.Ordinal) && Interlocked.Increment(ref met) == 1) await act();
        return await send();
    }
}
