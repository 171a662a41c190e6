using System.Text.Json.Serialization;

namespace FlexCrew.Locking;

/// <summary>An ask for the lease.</summary>
/// <param name="Holder">The instance id of the run that asks.</param>
/// <param name="Prunes">Whether the run prunes orphans: one that does not cannot answer one that does.</param>
/// <param name="Ticket">The ticket drawn by the first ask; null in the first ask.</param>
/// <param name="IsCommand">Whether it is a command for one person: no other run answers it.</param>
public sealed record LeaseRequest(string Holder, bool Prunes, long? Ticket = null, bool IsCommand = false);

/// <summary>The three answers to an ask.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeaseAnswerKind>))]
public enum LeaseAnswerKind
{
    /// <summary>The asker is the holder now.</summary>
    Granted,

    /// <summary>Somebody else is, or comes first.</summary>
    Busy,

    /// <summary>A run that was granted after the ask was first made has completed: its result answers the ask.</summary>
    Coalesced,
}

/// <summary>The answer to an ask.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Token">Granted: the fencing token. Busy: that of the holder.</param>
/// <param name="Ticket">The ticket to bring back with the next ask.</param>
/// <param name="Holder">Who holds the lease; null when it is free and another run that waits comes first.</param>
/// <param name="AcquiredAt">Since when.</param>
/// <param name="Summary">Coalesced: the result of the run that answers, as JSON.</param>
/// <param name="Place">Busy: how many runs that wait come before the asker.</param>
public sealed record LeaseAnswer(
    LeaseAnswerKind Kind,
    long Token,
    long Ticket,
    string? Holder = null,
    DateTimeOffset? AcquiredAt = null,
    string? Summary = null,
    int Place = 0);

/// <summary>Gives the lease back. Changes nothing unless holder and token are those of the grant.</summary>
/// <param name="Holder">The instance id of the run.</param>
/// <param name="Token">The token of its grant.</param>
/// <param name="Pruned">Whether it pruned orphans.</param>
/// <param name="Summary">Its result as JSON when it completed; null when it failed, since a failed run answers no other.</param>
public sealed record LeaseRelease(string Holder, long Token, bool Pruned, string? Summary);

/// <summary>Frees the lease of a holder that is no more: compare and set.</summary>
/// <param name="ExpectedHolder">The holder that was seen.</param>
/// <param name="ExpectedToken">The token that was seen.</param>
public sealed record LeaseTakeOver(string ExpectedHolder, long ExpectedToken);
