using System.Text.Json;

namespace FlexSimulator;

/// <summary>Plays a fault on one request.</summary>
/// <param name="log">Where the request ends.</param>
/// <param name="late">Takes the commits that come later.</param>
/// <param name="lifetime">Ends every wait.</param>
internal sealed class FaultPlayer(RequestLog log, LateCommits late, CancellationToken lifetime)
{
    /// <param name="context">The request.</param>
    /// <param name="call">The request in the log.</param>
    /// <param name="placed">The fault.</param>
    /// <param name="shape">The shape of the endpoint, where it is a listing.</param>
    /// <param name="handle">Handles the request as if nothing were wrong; what it changes is committed.</param>
    public async Task PlayAsync(HttpContext context, Call call, PlacedFault placed, ListingShape? shape, Func<Answer> handle)
    {
        var fault = placed.Rule.Fault;
        Answer? real = null;
        if (fault.Commit == FaultCommit.First || !call.IsWrite) real = handle();
        if (fault.Commit == FaultCommit.Later && call.IsWrite) late.Schedule(fault.CommitAfter, () => handle());

        switch (fault.Kind)
        {
            case FaultKind.Hang:
                await WaitAsync(context, placed, fault.For);
                Broken.Reset(context, log, call);
                break;
            case FaultKind.Reset:
                Broken.Reset(context, log, call);
                break;
            case FaultKind.Close:
                await Broken.CloseAsync(context, log, call);
                break;
            case FaultKind.TruncatedBody:
                await Broken.TruncateAsync(context, log, call, real?.Body ?? CannedAnswers.Torn);
                break;
            case FaultKind.SlowDrip:
                await Slow.DripAsync(context, log, call, real ?? handle(), fault.Interval);
                break;
            case FaultKind.HugeBody:
                await Slow.HugeAsync(context, log, call, fault.Bytes);
                break;
            case FaultKind.Delay or FaultKind.Hold:
                await WaitAsync(context, placed, fault.For);
                await AnswerWriter.WriteAsync(context, log, call, real ?? handle());
                break;
            default:
                await AnswerWriter.WriteAsync(context, log, call, Instead(fault, shape));
                break;
        }
    }

    private async Task WaitAsync(HttpContext context, PlacedFault placed, TimeSpan? limit)
    {
        var isDelay = placed.Rule.Fault.Kind == FaultKind.Delay;
        using var end = isDelay || placed.Rule.Fault.Kind == FaultKind.Hold
            ? CancellationTokenSource.CreateLinkedTokenSource(placed.Released, lifetime)
            : CancellationTokenSource.CreateLinkedTokenSource(placed.Released, lifetime, context.RequestAborted);
        await Waits.UntilAsync(end.Token, limit);
    }

    private static Answer Instead(Fault fault, ListingShape? shape) => fault.Kind switch
    {
        FaultKind.Status => StatusOf(fault),
        FaultKind.HtmlPage => fault.Body is null ? CannedAnswers.LoginPage() : Answer.Text(fault.Body, fault.ContentType ?? Answer.Html),
        FaultKind.Redirect => CannedAnswers.Redirect(fault.Body),
        FaultKind.MalformedJson => Answer.Text(fault.Body ?? "{\"data\":{\"items\":[{\"id\":", fault.ContentType ?? Answer.Json),
        FaultKind.WrongShape => Answer.Text(fault.Body ?? "{\"unexpected\":{\"shape\":true}}", fault.ContentType ?? Answer.Json),
        FaultKind.EmptyBody => Answer.Empty(),
        FaultKind.EmptyList => Answer.Of(Listing.Wrap([], shape?.Envelope ?? ListEnvelope.Array)),
        _ => throw new InvalidOperationException($"No such fault: {fault.Kind}"),
    };

    private static Answer StatusOf(Fault fault)
    {
        var body = fault.Body
            ?? (fault.Status >= 400 ? JsonSerializer.Serialize(new { exceptionMessage = $"Simulated fault: {fault.Status}" }) : "");
        var answer = body.Length == 0
            ? Answer.Empty(fault.Status)
            : Answer.Text(body, fault.ContentType ?? Answer.Json, fault.Status);
        return answer with { Headers = fault.Headers };
    }
}
