using FlexCrew.Http.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Http.Endpoints;

/// <summary>Answers what no route answers, in the same form as the routes. For hosts that let us.</summary>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class NotFoundEndpoint(TimeProvider time, ILogger<NotFoundEndpoint> logger)
{
    /// <summary>Answers 404; 200 to OPTIONS.</summary>
    public Task<Reply> HandleAsync(HttpContext context) => EndpointFrame.RunAsync(
        context, RouteMethods.Get with { Verbs = [context.Request.Method] }, time, logger, _ => Task.FromResult(Replies.NotFound));
}
