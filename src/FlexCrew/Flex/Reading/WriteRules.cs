namespace FlexCrew.Flex.Reading;

/// <summary>The kinds of write.</summary>
internal enum WriteKind
{
    /// <summary>Doing it twice adds the contact twice; its answer must tell the id of the new line item.</summary>
    Add,

    /// <summary>Doing it twice has the same effect as doing it once.</summary>
    SetRole,

    /// <summary>Doing it twice has the same effect as doing it once: a line item that is gone counts as deleted.</summary>
    Delete,

    /// <summary>Deletes several at once; a listing afterwards shows which of them it deleted.</summary>
    DeleteMany,
}

/// <summary>
/// What a reply to a write means. Not applied: Flex refused the request, or it never left this machine. Unknown: every
/// answer that may have come after Flex had done it.
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
        503 when MayHaveDone(kind, reply) => Unknown(ReplyRules.FailureOf(reply)!),
        503 or (>= 300 and < 500) => new WriteOutcome.NotApplied(ReplyRules.FailureOf(reply)!),
        _ => Unknown(ReplyRules.FailureOf(reply)!),
    };

    /// <summary>Whether the write may be sent again at once: sending it again is safe, and the reason against it may pass.</summary>
    public static bool MaySendAgain(WriteKind kind, FlexReply reply) =>
        OutcomeOf(kind, reply) is WriteOutcome.NotApplied { Failure.Retryable: true };

    // A proxy also answers 503 when the connection to the application breaks after it has passed the request on. A server that
    // says when to come back has refused on purpose. A role or a deletion may be sent twice, an add may not.
    private static bool MayHaveDone(WriteKind kind, FlexReply reply) => kind == WriteKind.Add && reply.RetryAfter is null;

    private static WriteOutcome Success(WriteKind kind, FlexReply reply)
    {
        if (ReplyRules.FailureOf(reply) is { } failure)
            return failure.Kind == FailureKind.FlexToken ? new WriteOutcome.NotApplied(failure) : Unknown(failure);
        if (kind != WriteKind.Add)
            return new WriteOutcome.Applied();
        var id = AddAnswerReader.Read(reply.Body);
        return id.Value is { } lineItemId
            ? new WriteOutcome.Applied(lineItemId)
            : Unknown(ReplyFailures.Unreadable("Flex answered the add without the id of the new contact") with { Status = reply.Status });
    }

    private static WriteOutcome Accepted(FlexReply reply) => ReplyRules.FailureOf(reply) is { Kind: FailureKind.FlexToken } refused
        ? new WriteOutcome.NotApplied(refused)
        : Unknown(new(FailureKind.FlexUnavailable, "Flex accepted the request for later (HTTP 202)", Status: 202));

    // Whatever the reason was, the next try begins with a listing and may well succeed.
    private static WriteOutcome.Unknown Unknown(Failure failure) => new(failure with { Retryable = true });
}
