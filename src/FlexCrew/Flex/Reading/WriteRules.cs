using FlexCrew.Flex.Transport;

namespace FlexCrew.Flex.Reading;

/// <summary>The kinds of write.</summary>
internal enum WriteKind
{
    /// <summary>Additive: its answer must tell the id of what it made.</summary>
    Add,

    /// <summary>The same twice as once.</summary>
    SetRole,

    /// <summary>The same twice as once; what is gone is deleted.</summary>
    Delete,

    /// <summary>Several at once: what it deleted is seen in a listing.</summary>
    DeleteMany,
}

/// <summary>
/// What a reply to a write means. Not applied: it was refused, or never left. Unknown: everything that may have come
/// after Flex did it.
/// </summary>
internal static class WriteRules
{
    /// <summary>The outcome of a write.</summary>
    public static WriteOutcome OutcomeOf(WriteKind kind, FlexReply reply) => reply.Status switch
    {
        null when !reply.Sent => new WriteOutcome.NotApplied(ReplyRules.FailureOf(reply)!),
        null => Unknown(ReplyRules.FailureOf(reply)!),
        404 when kind == WriteKind.Delete => new WriteOutcome.Applied(),
        202 => Accepted(reply),
        >= 200 and < 300 => Success(kind, reply),
        503 or (>= 300 and < 500) => new WriteOutcome.NotApplied(ReplyRules.FailureOf(reply)!),
        _ => Unknown(ReplyRules.FailureOf(reply)!),
    };

    /// <summary>Whether the write may be sent again at once: it was not applied, for a reason that may pass.</summary>
    public static bool MaySendAgain(WriteKind kind, FlexReply reply) =>
        OutcomeOf(kind, reply) is WriteOutcome.NotApplied { Failure.Retryable: true };

    private static WriteOutcome Success(WriteKind kind, FlexReply reply)
    {
        if (ReplyRules.FailureOf(reply) is { } failure)
            return failure.Kind == FailureKind.FlexToken ? new WriteOutcome.NotApplied(failure) : Unknown(failure);
        if (kind != WriteKind.Add)
            return new WriteOutcome.Applied();
        var id = AddAnswerReader.Read(reply.Body);
        return id.Value is { } lineItemId
            ? new WriteOutcome.Applied(lineItemId)
            : Unknown(Failures.Unreadable("Flex answered the add without the id of the new contact") with { Status = reply.Status });
    }

    private static WriteOutcome Accepted(FlexReply reply) => ReplyRules.FailureOf(reply) is { Kind: FailureKind.FlexToken } refused
        ? new WriteOutcome.NotApplied(refused)
        : Unknown(new(FailureKind.FlexUnavailable, "Flex accepted the request for later (HTTP 202)", Status: 202));

    // Whatever it was, the next try begins with a listing and may well succeed.
    private static WriteOutcome.Unknown Unknown(Failure failure) => new(failure with { Retryable = true });
}
