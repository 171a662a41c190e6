using Microsoft.Extensions.Logging;

namespace FlexCrew.Http.Endpoints;

/// <summary>Something that a sync cannot do without.</summary>
/// <param name="Name">Its name in the answer.</param>
/// <param name="Run">Null when it is there; else one sentence for the log.</param>
public sealed record ReadinessCheck(string Name, Func<CancellationToken, Task<string?>> Run);

/// <summary>
/// Runs the checks, at most once in ten seconds however often it is asked: readiness needs no token, so it must not
/// be a way to make this host hammer others.
/// </summary>
/// <param name="checks">What is checked.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where the reasons go; the answer has none.</param>
public sealed class Readiness(IEnumerable<ReadinessCheck> checks, TimeProvider time, ILogger<Readiness> logger) : IDisposable
{
    internal static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    /// <summary>Time for each check.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim checking = new(1, 1);
    private volatile Result? last;

    /// <summary>Check → whether it passed.</summary>
    public async Task<IReadOnlyDictionary<string, bool>> CheckAsync(CancellationToken cancellation)
    {
        if (IsFresh(last))
            return last!.Passed;
        await checking.WaitAsync(cancellation);
        try
        {
            if (!IsFresh(last))
                last = await RunAllAsync();
            return last!.Passed;
        }
        finally
        {
            checking.Release();
        }
    }

    /// <summary>Frees what it holds.</summary>
    public void Dispose() => checking.Dispose();

    private bool IsFresh(Result? result) => result is not null && time.GetUtcNow() - result.At < KeptFor;

    private async Task<Result> RunAllAsync()
    {
        var all = checks.ToArray();
        var passed = await Task.WhenAll(all.Select(PassesAsync));
        return new Result(all.Zip(passed).ToDictionary(pair => pair.First.Name, pair => pair.Second), time.GetUtcNow());
    }

    private async Task<bool> PassesAsync(ReadinessCheck check)
    {
        try
        {
            using var cancellation = new CancellationTokenSource(Timeout, time);
            var problem = await check.Run(cancellation.Token).WaitAsync(Timeout, time);
            if (problem is not null)
                logger.LogWarning("Not ready: {Check}: {Problem}", check.Name, problem);
            return problem is null;
        }
        catch (Exception failure)
        {
            logger.LogWarning(failure, "Not ready: {Check} could not be checked", check.Name);
            return false;
        }
    }

    private sealed record Result(IReadOnlyDictionary<string, bool> Passed, DateTimeOffset At);
}
