using FlexCrew.Http.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Http.Endpoints;

/// <summary><c>GET health</c> or HEAD: alive; with <c>?ready</c>, whether a sync could succeed now. Open to everybody.</summary>
/// <param name="readiness">Checks what a sync needs.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class HealthEndpoint(Readiness readiness, TimeProvider time, ILogger<HealthEndpoint> logger)
{
    /// <summary>Answers a request of any method. Never throws; tells what fails, never why.</summary>
    public Task<Reply> HandleAsync(HttpContext context) =>
        EndpointFrame.RunAsync(context, RouteMethods.GetOrHead, time, logger, async _ =>
        {
            var reply = context.Request.Query.ContainsKey("ready")
                ? Tell(await readiness.CheckAsync(context.RequestAborted))
                : Replies.Json(200, new { status = "ok" });
            return reply.With(HeaderName.CacheControl, "no-store");
        });

    private static Reply Tell(IReadOnlyDictionary<string, bool> checks)
    {
        var isReady = checks.Values.All(passed => passed);
        return Replies.Json(isReady ? 200 : 503, new
        {
            status = isReady ? "ok" : "unavailable",
            checks = checks.ToDictionary(check => check.Key, check => check.Value ? "ok" : "failed"),
        });
    }
}
