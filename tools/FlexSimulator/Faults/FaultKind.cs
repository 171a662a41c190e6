namespace FlexSimulator;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>Any status, with any headers and body.</summary>
    Status,

    /// <summary>No answer, until the client gives up, the fault is removed or its time is over; then the connection breaks.</summary>
    Hang,

    /// <summary>The connection is reset (TCP RST) instead of an answer.</summary>
    Reset,

    /// <summary>The connection is closed in order (TCP FIN) instead of an answer.</summary>
    Close,

    /// <summary>200 with the HTML of a login page.</summary>
    HtmlPage,

    /// <summary>302 to a login page.</summary>
    Redirect,

    /// <summary>200 with a body that says JSON and is not.</summary>
    MalformedJson,

    /// <summary>200 whose Content-Length is longer than what is sent before the connection closes.</summary>
    TruncatedBody,

    /// <summary>200 with JSON of an unknown form.</summary>
    WrongShape,

    /// <summary>200 without a body.</summary>
    EmptyBody,

    /// <summary>200 with a list without rows, in the envelope of the endpoint.</summary>
    EmptyList,

    /// <summary>The real answer, a byte at a time.</summary>
    SlowDrip,

    /// <summary>200 with very long JSON.</summary>
    HugeBody,

    /// <summary>The real answer, later.</summary>
    Delay,

    /// <summary>The real answer, once the fault is released or removed.</summary>
    Hold,
}

/// <summary>When a write that is hit by a fault changes the world all the same.</summary>
public enum FaultCommit
{
    /// <summary>It does not; but SlowDrip, Delay and Hold, which answer in the end, commit as usual: just before they answer.</summary>
    None,

    /// <summary>Before anything goes wrong.</summary>
    First,

    /// <summary><see cref="Fault.CommitAfter"/> later, whatever the client has seen by then.</summary>
    Later,
}
