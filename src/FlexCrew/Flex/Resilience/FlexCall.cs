using FlexCrew.Flex.Reading;
using FlexCrew.Flex.Transport;

namespace FlexCrew.Flex.Resilience;

/// <summary>One call on its way through the pipeline: what is sent, and what has come of it so far.</summary>
/// <param name="operation">The name in logs and metrics.</param>
/// <param name="target">The crew call or line item, for the log.</param>
/// <param name="request">What is sent; made anew for each attempt.</param>
/// <param name="mayRepeat">Whether a reply is worth, and safe for, another attempt.</param>
/// <param name="scope">The step's scope.</param>
internal sealed class FlexCall(string operation, string target, Func<FlexRequest> request, Func<FlexReply, bool> mayRepeat, FlexScope scope)
{
    public string Operation => operation;

    public string Target => target;

    public FlexScope Scope => scope;

    /// <summary>When the call as a whole began, as a timestamp of the time provider.</summary>
    public long Began { get; set; }

    /// <summary>Attempts sent so far.</summary>
    public int Attempts { get; set; }

    /// <summary>The reply to the last attempt.</summary>
    public FlexReply? Last { get; set; }

    /// <summary>Whether it changes something in Flex, so that the guard is asked before each attempt.</summary>
    public bool IsWrite { get; private init; }

    /// <summary>The line items that it deletes; none when it is no deletion.</summary>
    public IReadOnlyCollection<string> LineItemIds { get; init; } = [];

    public FlexRequest Request() => request();

    public bool MayRepeat(FlexReply reply) => mayRepeat(reply);

    /// <summary>A read: every failure that may pass is worth another attempt.</summary>
    public static FlexCall Read(string operation, string target, Func<FlexRequest> request, FlexScope scope) =>
        new(operation, target, request, ReplyRules.MayReadAgain, scope);

    /// <summary>A write: only what was certainly not applied may be sent again.</summary>
    public static FlexCall Write(
        WriteKind kind, string target, Func<FlexRequest> request, FlexScope scope, IReadOnlyCollection<string>? deletes = null) =>
        new(NameOf(kind), target, request, reply => WriteRules.MaySendAgain(kind, reply), scope)
        {
            IsWrite = true, LineItemIds = deletes ?? [],
        };

    private static string NameOf(WriteKind kind) => kind switch
    {
        WriteKind.Add => "add",
        WriteKind.SetRole => "role",
        WriteKind.Delete => "delete",
        _ => "delete-many",
    };
}
