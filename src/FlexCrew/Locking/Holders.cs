using System.Text.Json.Serialization;

namespace FlexCrew.Locking;

/// <summary>What is known of the run that holds a lease.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HolderStatus>))]
public enum HolderStatus
{
    /// <summary>It could not be looked up.</summary>
    NotKnown,

    /// <summary>It is running.</summary>
    Running,

    /// <summary>It has ended.</summary>
    Ended,

    /// <summary>There is no such run.</summary>
    NotFound,
}

/// <summary>What became of a holder.</summary>
/// <param name="Status">What is known of it.</param>
/// <param name="EndedAt">When it ended, if it has.</param>
public sealed record HolderState(HolderStatus Status, DateTimeOffset? EndedAt = null);

/// <summary>When a holder counts as gone.</summary>
/// <param name="RunDeadline">A run stops by itself after this time.</param>
/// <param name="DeadAfter">A run that has ended for this long has nothing under way in Flex.</param>
public sealed record HolderLimits(TimeSpan RunDeadline, TimeSpan DeadAfter);

/// <summary>Decides whether the holder of a lease is gone, so that the lease may be taken over.</summary>
public static class Holders
{
    /// <summary>
    /// Whether a holder is gone: its run has ended for long enough that nothing it sent is still under way, or it is older than its own
    /// deadline with the same margin. A holder that could not be looked up counts as running.
    /// </summary>
    public static bool IsGone(HolderState state, DateTimeOffset acquiredAt, HolderLimits limits, DateTimeOffset now) => state.Status switch
    {
        HolderStatus.Ended => now - (state.EndedAt ?? acquiredAt) >= limits.DeadAfter,
        HolderStatus.NotFound => now - acquiredAt >= limits.DeadAfter,
        _ => now - acquiredAt >= limits.RunDeadline + limits.DeadAfter,
    };
}
