using FlexCrew.Http.Endpoints;

namespace FlexCrew.Tests.Http.Support;

/// <summary>Readiness checks whose outcome is set, and which count.</summary>
internal sealed class Checks
{
    private int ran;

    internal Dictionary<string, Func<CancellationToken, Task<string?>>> Outcomes { get; } = [];

    internal int Ran => Volatile.Read(ref ran);

    internal ReadinessCheck Named(string name) => new(name, cancellation =>
    {
        Interlocked.Increment(ref ran);
        return Outcomes.TryGetValue(name, out var outcome) ? outcome(cancellation) : Task.FromResult<string?>(null);
    });
}
