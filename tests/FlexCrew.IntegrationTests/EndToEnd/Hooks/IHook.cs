namespace FlexCrew.IntegrationTests.EndToEnd.Hooks;

/// <summary>Stands around everything that a host does outside itself: each query, and each request to Flex.</summary>
internal interface IHook
{
    /// <summary>Does the effect, or does not, or does not come back.</summary>
    /// <param name="name">The query's name, or method and path of the request.</param>
    /// <param name="writes">Whether it changes the world.</param>
    /// <param name="effect">Does it.</param>
    Task<T> AroundAsync<T>(string name, bool writes, Func<Task<T>> effect);
}
