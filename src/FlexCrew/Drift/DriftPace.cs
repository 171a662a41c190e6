using FlexCrew.Flex.Resilience;
using FlexCrew.Sync;

namespace FlexCrew.Drift;

/// <summary>
/// Decides when the check may read the next crew call: after a pause, when this process has no other request to Flex under way, and only
/// while Flex's budget leaves room for background work.
/// </summary>
internal sealed record DriftPace(IFlexBudget Budget, FlexLoad Load, FlexCrewOptions Options, TimeProvider Time)
{
    /// <summary>Begins a check of so many crew calls.</summary>
    public Stride Begin(int crewCalls) => new(this, crewCalls);
}

/// <summary>The pace of one check.</summary>
internal sealed class Stride(DriftPace pace, int crewCalls)
{
    /// <summary>A check is over, its last look included, before the Functions host ends it (<c>functionTimeout</c> of host.json).</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);

    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(100);

    private readonly long began = pace.Time.GetTimestamp();

    // The pauses of a round take half of the time at most.
    private readonly TimeSpan pause =
        TimeSpan.FromTicks(Math.Min(pace.Options.Drift.Pause.Ticks, Longest.Ticks / 2 / Math.Max(1, crewCalls)));

    private bool hasBegun;

    private bool IsOver => pace.Time.GetElapsedTime(began) >= Longest;

    /// <summary>Waits for the next look; answers why there is none any more, or null.</summary>
    public async Task<string?> NextAsync(CancellationToken cancellation)
    {
        if (hasBegun) await WaitAsync(pause, cancellation);
        hasBegun = true;
        while (!pace.Load.IsIdle && !IsOver)
            await WaitAsync(IdlePoll, cancellation);
        if (IsOver) return "its time was over";
        return await pace.Budget.RoomAsync(cancellation) == BudgetRoom.Enough
            ? null
            : "what is left of Flex's budget of requests is for whoever waits";
    }

    /// <summary>Waits before crew calls are looked at again.</summary>
    public Task BeforeNextRoundAsync(CancellationToken cancellation) => WaitAsync(pace.Options.Drift.LookAgainAfter, cancellation);

    private Task WaitAsync(TimeSpan wait, CancellationToken cancellation) =>
        wait > TimeSpan.Zero ? Task.Delay(wait, pace.Time, cancellation) : Task.CompletedTask;
}
