using FlexCrew.Flex.Reading;
using FlexCrew.Flex.Transport;
using FlexCrew.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlexCrew.Flex.Resilience;

/// <summary>One attempt: counted, timed, traced and logged. A time-out comes back as a reply.</summary>
internal sealed class FlexAttempt(FlexTransport transport, IOptions<FlexCrewOptions> options, TimeProvider time, ILogger<FlexAttempt> log)
{
    private readonly TimeSpan attemptTimeout = options.Value.FlexAttemptTimeout;
    private readonly TimeSpan totalTimeout = options.Value.FlexTotalTimeout;

    /// <summary>Sends the call's request once.</summary>
    /// <param name="call">The call.</param>
    /// <param name="caller">Cancelled by the caller: throws.</param>
    /// <param name="cancellation">Cancelled by the caller or by a time-out: the latter is a reply.</param>
    public async Task<FlexReply> SendAsync(FlexCall call, CancellationToken caller, CancellationToken cancellation)
    {
        if (call.IsWrite && await RefusalAsync(call, caller, cancellation) is { } refusal)
            return call.Last = FlexReply.Withheld(refusal);
        call.Attempts++;
        call.Scope.CountRequest();
        var began = time.GetTimestamp();
        using var activity = FlexTelemetry.StartAttempt(call.Operation);
        var reply = call.Last = await ReplyAsync(call, caller, cancellation);
        var duration = time.GetElapsedTime(began);
        var label = ReplyRules.LabelOf(reply);
        var answered = label == reply.Label && reply.Status is >= 200 and < 300;

        activity?.SetTag("flexcrew.attempt", call.Attempts);
        activity?.SetTag("http.response.status_code", reply.Status);
        activity?.SetTag("flexcrew.correlation_id", call.Scope.CorrelationId);
        if (!answered)
            activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, label);
        FlexTelemetry.Record(call.Operation, label, duration);
        log.Log(
            answered && reply.Problem is null ? LogLevel.Debug : LogLevel.Warning,
            "Flex {Operation} of {Target}: {Status} after {Duration:0} ms (attempt {Attempt}, correlation {CorrelationId})",
            call.Operation, call.Target, label, duration.TotalMilliseconds, call.Attempts, call.Scope.CorrelationId);
        return reply;
    }

    private static async Task<Failure?> RefusalAsync(FlexCall call, CancellationToken caller, CancellationToken cancellation)
    {
        try
        {
            return await call.Scope.AskGuardAsync(call.LineItemIds, cancellation);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return new Failure(FailureKind.Database, "Whether the write is still allowed could not be asked in time", Retryable: true);
        }
    }

    private async Task<FlexReply> ReplyAsync(FlexCall call, CancellationToken caller, CancellationToken cancellation)
    {
        var left = totalTimeout - time.GetElapsedTime(call.Began);
        var sending = new Sending();
        try
        {
            return await transport.SendAsync(call.Request(), call.Scope.CorrelationId, sending, cancellation);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            var limit = left < attemptTimeout ? totalTimeout : attemptTimeout;
            return (sending.Head ?? new FlexReply { Sent = sending.MayHaveArrived })
                .Broken(FlexReply.Timeout, $"Flex did not answer within {limit.TotalSeconds:0.##} s");
        }
    }
}
