using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Http.Protocol;

/// <summary>
/// What every route has in common: preflight and 405, the correlation id, CORS on each answer, and that no exception
/// leaves the server as anything but a plain 500.
/// </summary>
internal static class EndpointFrame
{
    /// <summary>Nobody reads this answer: the caller has gone. The number is nginx's.</summary>
    private const int CallerGone = 499;

    internal static async Task<Reply> RunAsync(
        HttpContext context, RouteMethods methods, TimeProvider time, ILogger logger, Func<RequestScope, Task<Reply>> handle)
    {
        var startedAt = time.GetTimestamp();
        var scope = new RequestScope(CorrelationId.Of(context.Request, time));
        using var logged = logger.BeginScope(scope);

        var reply = await AnswerAsync(context, methods, logger, scope, handle);
        logger.LogInformation("Answered {Status} after {Elapsed} ms", reply.Status, (long)time.GetElapsedTime(startedAt).TotalMilliseconds);
        return Decorate(reply, methods, scope.CorrelationId);
    }

    private static async Task<Reply> AnswerAsync(
        HttpContext context, RouteMethods methods, ILogger logger, RequestScope scope, Func<RequestScope, Task<Reply>> handle)
    {
        if (HttpMethods.IsOptions(context.Request.Method))
            return Replies.Preflight;
        if (!methods.Verbs.Contains(context.Request.Method))
            return Replies.MethodNotAllowed(methods);
        try
        {
            return await handle(scope);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            logger.LogInformation("The caller has gone; a run that was started goes on");
            return new Reply { Status = CallerGone };
        }
        catch (Exception unexpected)
        {
            logger.LogError(unexpected, "The request failed");
            return Replies.Error(500, "Internal error", scope.CorrelationId);
        }
    }

    private static Reply Decorate(Reply reply, RouteMethods methods, string correlationId) => reply with
    {
        Headers = reply.Headers
            .SetItems(HeaderName.Cors)
            .SetItem(HeaderName.CorsMethods, methods.CorsMethods)
            .SetItem(HeaderName.CorrelationId, correlationId),
    };
}
