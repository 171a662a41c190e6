using FlexCrew.Flex;
using FlexCrew.Flex.CrewCalls;
using FlexCrew.Tests.Sync.Fakes;
using Microsoft.Extensions.Options;

namespace FlexCrew.Tests.Flex.CrewCalls;

/// <summary>What happens to one write.</summary>
internal enum Fate
{
    Done,
    DoneAnswerLost,
    LostBeforeFlex,
    DoneLater,
    Refused,
    Unavailable,
    TokenRefused,
    ConfirmedOnly,
}

/// <summary>A crew call in memory whose reads and writes go wrong as told.</summary>
internal sealed class MemoryFlex : IFlexApi
{
    private readonly List<(int AfterListings, Action Commit)> late = [];
    private int lastId;

    public MemoryFlex() => Scope = new FlexScope("test") { Guard = Guard };

    public List<FlexContact> Lines { get; } = [];

    /// <summary>What becomes of the writes, in order; when it is empty they are done.</summary>
    public Queue<Fate> Fates { get; } = [];

    /// <summary>What becomes of the listings, in order; when it is empty, or null, they succeed.</summary>
    public Queue<Failure?> ListingFailures { get; } = [];

    /// <summary>Endpoints that never work.</summary>
    public Dictionary<FlexListing, Failure> Broken { get; } = [];

    /// <summary>Line items that an endpoint does not show.</summary>
    public Dictionary<FlexListing, HashSet<string>> Hidden { get; } = [];

    /// <summary>The key that the bulk delete understands; null for none.</summary>
    public string? BulkKey { get; set; } = "lineItemIds";

    /// <summary>Whether other keys are refused, or taken and ignored.</summary>
    public bool RefusesOtherKeys { get; set; }

    /// <summary>What happens while a write waits for its turn.</summary>
    public Action BeforeWrite { get; set; } = () => { };

    public int Listings { get; private set; }

    public int Writes { get; private set; }

    public OpenGuard Guard { get; } = new();

    public FlexScope Scope { get; }

    public JumpingTime Time { get; } = new();

    public CrewCallClient Client(params TimeSpan[] delays) =>
        new(this, Options.Create(new FlexCrewOptions { UnknownOutcomeDelays = delays }), Time);

    public MemoryFlex With(params string[] resources)
    {
        foreach (var resource in resources)
            Lines.Add(new($"line-{resource}", resource, ""));
        return this;
    }

    public async Task<FlexRead<IReadOnlyList<FlexContact>>> ListAsync(
        FlexListing listing, string elementId, FlexScope scope, CancellationToken cancellation)
    {
        await Task.Yield();
        lock (late)
            return List(listing);
    }

    private FlexRead<IReadOnlyList<FlexContact>> List(FlexListing listing)
    {
        Listings++;
        foreach (var due in late.Where(commit => commit.AfterListings <= Listings).ToList())
        {
            due.Commit();
            late.Remove(due);
        }

        if (Broken.TryGetValue(listing, out var broken))
            return FlexRead<IReadOnlyList<FlexContact>>.Failed(broken);
        if (ListingFailures.TryDequeue(out var failure) && failure is not null)
            return FlexRead<IReadOnlyList<FlexContact>>.Failed(failure);
        var shown = Lines.Where(line => Hidden.GetValueOrDefault(listing)?.Contains(line.LineItemId) != true)
            .Select(line => listing == FlexListing.RowData ? line : line with { BusinessRole = null });
        return FlexRead<IReadOnlyList<FlexContact>>.Of([.. shown]);
    }

    public Task<WriteOutcome> AddResourceAsync(string elementId, string resourceId, FlexScope scope, CancellationToken cancellation)
    {
        var id = $"line-{Interlocked.Increment(ref lastId)}";
        return WriteAsync(scope, [], () => Lines.Add(new(id, resourceId, "")), id);
    }

    public Task<WriteOutcome> SetBusinessRoleAsync(
        string elementId, string lineItemId, string roleId, FlexScope scope, CancellationToken cancellation) =>
        WriteAsync(
            scope, [], () =>
                Lines[Lines.FindIndex(line => line.LineItemId == lineItemId)] =
                    Lines.OfLineItem(lineItemId)! with { BusinessRole = roleId });

    public Task<WriteOutcome> DeleteAsync(string lineItemId, FlexScope scope, CancellationToken cancellation) =>
        WriteAsync(scope, [lineItemId], () => Lines.RemoveAll(line => line.LineItemId == lineItemId));

    public Task<WriteOutcome> DeleteManyAsync(
        IReadOnlyCollection<string> lineItemIds, string key, FlexScope scope, CancellationToken cancellation)
    {
        if (key != BulkKey && RefusesOtherKeys)
        {
            Writes++;
            return Task.FromResult<WriteOutcome>(
                new WriteOutcome.NotApplied(new(FailureKind.FlexRejected, "Flex answered HTTP 400", Status: 400)));
        }

        return WriteAsync(scope, lineItemIds, () => Lines.RemoveAll(
            line => key == BulkKey && lineItemIds.Except(scope.Spared, FlexIds.Comparer).Contains(line.LineItemId)));
    }

    private async Task<WriteOutcome> WriteAsync(FlexScope scope, IReadOnlyCollection<string> deletes, Action commit, string? id = null)
    {
        await Task.Yield();
        BeforeWrite();
        if (await scope.AskGuardAsync(deletes, default) is { } refusal)
            return new WriteOutcome.NotApplied(refusal);
        scope.CountRequest();
        lock (late)
            return Write(commit, id);
    }

    private WriteOutcome Write(Action commit, string? id)
    {
        Writes++;
        var fate = Fates.TryDequeue(out var told) ? told : Fate.Done;
        if (fate is Fate.Done or Fate.DoneAnswerLost)
            commit();
        if (fate == Fate.DoneLater)
            late.Add((Listings + 2, commit));
        return fate switch
        {
            Fate.Done or Fate.ConfirmedOnly => new WriteOutcome.Applied(id),
            Fate.Refused => new WriteOutcome.NotApplied(new(FailureKind.FlexRejected, "Flex answered HTTP 409", Status: 409)),
            Fate.Unavailable =>
                new WriteOutcome.NotApplied(new(FailureKind.FlexUnavailable, "Flex answered HTTP 429", Retryable: true, Status: 429)),
            Fate.TokenRefused => new WriteOutcome.NotApplied(new(FailureKind.FlexToken, "The Flex token was refused (login page)")),
            _ => new WriteOutcome.Unknown(new(FailureKind.FlexUnavailable, "Flex did not answer within 15 s", Retryable: true)),
        };
    }
}

/// <summary>A clock whose timers are due at once, and which then is as late as if they had been waited for.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long ahead;

    public List<TimeSpan> Waits { get; } = [];

    public void Jump(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => FakeHost.Noon.AddTicks(Interlocked.Read(ref ahead));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (Waits)
            Waits.Add(dueTime);
        Jump(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}

internal static class QueueInitializer
{
    public static void Add<T>(this Queue<T> queue, T item) => queue.Enqueue(item);
}
