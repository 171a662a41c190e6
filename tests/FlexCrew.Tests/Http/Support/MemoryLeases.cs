using System.Collections.Concurrent;
using FlexCrew.Locking;

namespace FlexCrew.Tests.Http.Support;

/// <summary>Leases that can be freed.</summary>
internal sealed class MemoryLeases : ILeaseAdministration
{
    internal ConcurrentDictionary<LeaseKey, LeaseState> Held { get; } = new();

    internal Exception? Failure { get; set; }

    public Task<LeaseState> ForceReleaseAsync(LeaseKey key, CancellationToken cancellation)
    {
        if (Failure is not null)
            return Task.FromException<LeaseState>(Failure);
        return Task.FromResult(Held.TryRemove(key, out var held) ? held : new LeaseState());
    }
}
