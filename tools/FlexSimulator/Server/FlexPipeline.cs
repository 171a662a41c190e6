namespace FlexSimulator;

/// <summary>The way of one request: read, logged, delayed, checked, handled, answered.</summary>
internal sealed class FlexPipeline(FlexSimulatorServer server, string basePath, CancellationToken lifetime)
{
    private readonly FlexApi api = new(server.World, () => server.Behaviour);

    public async Task HandleAsync(HttpContext context)
    {
        var request = await FlexRequest.ReadAsync(context.Request, basePath);
        var call = server.Log.Begin(Arrivals.Describe(request, server.World));
        await using var gone = context.RequestAborted.Register(() => server.Log.End(call, RequestEnding.ClientGone));

        var behaviour = server.Behaviour;
        if (behaviour.Latency > TimeSpan.Zero) await Task.Delay(behaviour.Latency, lifetime);
        var answer = TokenCheck.Refuse(behaviour, context.Request) ?? Commit(request, call);
        await AnswerWriter.WriteAsync(context, server.Log, call, answer);
    }

    private Answer Commit(FlexRequest request, Call call)
    {
        var answer = api.Handle(request);
        server.Log.Learn(call, known => known with
        {
            Committed = answer.Committed,
            CommittedAfter = answer.Committed ? call.Elapsed : null,
            LineIds = answer.LineIds,
        });
        return answer;
    }
}
