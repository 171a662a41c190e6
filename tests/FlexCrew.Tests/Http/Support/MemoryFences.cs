using System.Collections.Concurrent;
using FlexCrew.Database;

namespace FlexCrew.Tests.Http.Support;

/// <summary>Fences that can be freed.</summary>
internal sealed class MemoryFences : IFences
{
    /// <summary>Element → the fence, as it is told when it is freed.</summary>
    internal ConcurrentDictionary<string, FreedFence> Held { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal Exception? Failure { get; set; }

    internal void Hold(string element, string holder) =>
        Held[element] = new FreedFence(element, holder, new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc), 7);

    public Task<bool> PassAsync(FenceHold hold, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<FreedFence?> FreeAsync(string element, CancellationToken cancellation) => Failure is null
        ? Task.FromResult(Held.TryRemove(element.Trim(), out var held) ? held : null)
        : Task.FromException<FreedFence?>(Failure);

    public Task<FreedFence?> FreeHeldByAsync(string holder, CancellationToken cancellation) =>
        Held.Values.FirstOrDefault(fence => fence.Holder == holder) is { } held
            ? FreeAsync(held.Element, cancellation) : Task.FromResult<FreedFence?>(null);
}
