using System.Collections.Concurrent;
using FlexCrew.IntegrationTests.EndToEnd.Hooks;

namespace FlexCrew.IntegrationTests.Crashes;

/// <summary>
/// Kills a host at one of its side effects, just before or just after it: from then on nothing that the host awaits
/// comes back, so that it does nothing more, as a killed process. What its other lanes have on the wire arrives.
/// </summary>
internal sealed class CrashPoint(int at, bool after) : IHook
{
    private readonly ConcurrentQueue<string> effects = new();
    private readonly TaskCompletionSource<string> crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int crossed;

    /// <summary>One that is never reached: it counts.</summary>
    public static CrashPoint Never() => new(int.MaxValue, false);

    /// <summary>The side effects that were begun.</summary>
    public IReadOnlyCollection<string> Effects => effects;

    /// <summary>Completes with the name of the side effect when the host is dead.</summary>
    public Task<string> Crashed => crashed.Task;

    public async Task<T> AroundAsync<T>(string name, bool writes, Func<Task<T>> effect)
    {
        var number = 0;
        if (writes && !crashed.Task.IsCompleted)
        {
            number = Interlocked.Increment(ref crossed);
            effects.Enqueue(name);
            if (number == at && !after) crashed.TrySetResult(name);
        }
        if (crashed.Task.IsCompleted) return await NeverAsync<T>();

        var result = await effect();
        if (number == at) crashed.TrySetResult(name);
        return crashed.Task.IsCompleted ? await NeverAsync<T>() : result;
    }

    private static Task<T> NeverAsync<T>() => new TaskCompletionSource<T>().Task;
}
