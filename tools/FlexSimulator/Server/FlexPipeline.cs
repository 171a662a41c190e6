using System.Globalization;

namespace FlexSimulator;

/// <summary>The way of one request: read, logged, perhaps refused, delayed, perhaps hit by a fault, handled, answered.</summary>
internal sealed class FlexPipeline(FlexSimulatorServer server, string basePath, int seed, CancellationToken lifetime)
{
    private readonly FlexApi api = new(server.World, () => server.Behaviour);
    private readonly FaultPlayer player = new(server.Log, server.Faults.Late, lifetime);
    private readonly Latency latency = new(seed);

    public Throttle Throttle { get; } = new();

    public async Task HandleAsync(HttpContext context)
    {
        var request = await FlexRequest.ReadAsync(context.Request, basePath);
        var call = server.Log.Begin(Arrivals.Describe(request, server.World));
        await using var gone = context.RequestAborted.Register(() => server.Log.End(call, WhoseEnd()));
        try
        {
            await AnswerAsync(context, request, call);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            server.Log.End(call, RequestEnding.Broken);
        }
    }

    private async Task AnswerAsync(HttpContext context, FlexRequest request, Call call)
    {
        if (server.Faults.Outage.Current is { } outage)
        {
            await FailAsync(context, call, outage);
            return;
        }

        var behaviour = server.Behaviour;
        if (Overload(behaviour, call) is { } refused)
        {
            await AnswerWriter.WriteAsync(context, server.Log, call, refused);
            return;
        }

        var unauthorised = TokenCheck.Refuse(behaviour, context.Request);
        var fault = unauthorised is null ? server.Faults.Match(call.Known) : null;
        if (fault is not null) Mark(call, FaultNames.Of(fault.Rule.Fault));
        if (unauthorised is not null) Mark(call, "token");

        if (latency.Next(behaviour) is var wait && wait > TimeSpan.Zero) await Task.Delay(wait, lifetime);

        if (fault is null)
            await AnswerWriter.WriteAsync(context, server.Log, call, unauthorised ?? Handle(request, call));
        else
            await player.PlayAsync(context, call, fault, Shape(behaviour, request), () => Handle(request, call));
    }

    private Answer Handle(FlexRequest request, Call call)
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

    private Answer? Overload(FlexBehaviour behaviour, Call call)
    {
        if (behaviour.MaxConcurrency is { } most && call.Concurrency > most)
        {
            Mark(call, "overload");
            return Answer.Error(behaviour.OverloadStatus, "Too many requests at once.");
        }
        if (Throttle.Refuse(behaviour.RateLimit) is not { } limited) return null;
        Mark(call, "rate-limit");
        return limited;
    }

    private async Task FailAsync(HttpContext context, Call call, Outage.State outage)
    {
        Mark(call, "outage");
        if (outage.Kind == OutageKind.ServiceUnavailable)
        {
            var answer = Answer.Error(503, "The service is not available.");
            if (outage.RetryAfter is { } wait)
            {
                var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                answer = answer with { Headers = new Dictionary<string, string> { ["Retry-After"] = seconds } };
            }

            await AnswerWriter.WriteAsync(context, server.Log, call, answer);
            return;
        }
        if (outage.Kind == OutageKind.Hang)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(outage.Over.Token, lifetime, context.RequestAborted);
            await Waits.UntilAsync(end.Token);
        }
        Broken.Reset(context, server.Log, call);
    }

    /// <summary>Who has ended a connection that is gone: the client, unless the simulator has gone down.</summary>
    private RequestEnding WhoseEnd() =>
        lifetime.IsCancellationRequested || server.Faults.Down == OutageKind.Refuse ? RequestEnding.Broken : RequestEnding.ClientGone;

    private void Mark(Call call, string fault) => server.Log.Learn(call, known => known with { Fault = fault });

    private static ListingShape? Shape(FlexBehaviour behaviour, FlexRequest request) =>
        (request.Endpoint & FlexEndpoint.Reads) != 0 ? behaviour.ShapeOf(request.Endpoint) : null;
}
