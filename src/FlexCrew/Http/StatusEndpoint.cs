using System.Text.RegularExpressions;
using FlexCrew.Security;
using FlexCrew.Sync;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlexCrew.Http;

/// <summary><c>GET sync-flex-crew-for-job/{id}</c>: how a run is doing, for the one who started it.</summary>
/// <param name="authorizer">Decides who may.</param>
/// <param name="runs">The runs of the host.</param>
/// <param name="options">The public URL.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class StatusEndpoint(
    ICallerAuthorizer authorizer,
    ISyncRuns runs,
    IOptions<FlexCrewOptions> options,
    TimeProvider time,
    ILogger<StatusEndpoint> logger)
{
    /// <summary>Answers a request of any method. Never throws. Another's run and an unknown one look the same.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The id from the route, as the caller sent it.</param>
    public Task<Reply> HandleAsync(HttpContext context, string id) =>
        EndpointFrame.RunAsync(context, RouteMethods.Get, time, logger, async scope =>
        {
            var authorization = await authorizer.AuthorizeAsync(context.Request.Headers.Authorization, RequiredRole.Management, context.RequestAborted);
            if (authorization is not Authorization.Granted { Caller: var caller })
                return Replies.Denied(authorization);

            scope.InstanceId = InstanceId().IsMatch(id) ? id : null;
            var run = scope.InstanceId is not null ? await runs.FindAsync(id, context.RequestAborted) : null;
            return run is not null && run.TriggeredBy == caller.UserId.ToString("D") ? Tell(run, context.Request) : Replies.NotFound;
        });

    private Reply Tell(SyncRun run, HttpRequest request)
    {
        var reply = Replies.Json(run.IsEnded ? 200 : 202, StatusBody.Of(run)).With(HeaderName.CacheControl, "no-store");
        return run.IsEnded ? reply : reply
            .With(HeaderName.Location, StatusLink.To(run.InstanceId, request, options.Value.PublicBaseUrl).Relative)
            .With(HeaderName.RetryAfter, SyncReplies.RetryAfter);
    }

    /// <summary>The ids that requests get. Retries, departments and entities have ids of other forms, and are nobody's business.</summary>
    [GeneratedRegex(@"\A[0-9a-f]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex InstanceId();
}
