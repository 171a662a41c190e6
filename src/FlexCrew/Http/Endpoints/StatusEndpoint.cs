using System.Text.RegularExpressions;
using FlexCrew.Contract;
using FlexCrew.Http.Protocol;
using FlexCrew.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlexCrew.Http.Endpoints;

/// <summary><c>GET sync-flex-crew-for-job/{id}</c>: how a run is doing, for whoever started it and for administrators.</summary>
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
            var authorization =
                await authorizer.AuthorizeAsync(context.Request.Headers.Authorization, RequiredRole.Management, context.RequestAborted);
            if (authorization is not Authorization.Granted { Caller: var caller })
                return Replies.Denied(authorization);

            scope.InstanceId = InstanceId().IsMatch(id) ? id : null;
            var run = scope.InstanceId is not null ? await runs.FindAsync(id, context.RequestAborted) : null;
            return run is not null && MaySee(caller, run) ? Tell(run, context.Request) : Replies.NotFound;
        });

    /// <summary>
    /// A run tells names of people, so that only an administrator sees those that others started, and retries, which nobody did.
    /// </summary>
    private static bool MaySee(Caller caller, SyncRun run) =>
        caller.Role == Caller.Admin || run.TriggeredBy == caller.UserId.ToString("D");

    private Reply Tell(SyncRun run, HttpRequest request)
    {
        var reply = Replies.Json(run.IsEnded ? 200 : 202, StatusBody.Of(run)).With(HeaderName.CacheControl, "no-store");
        return run.IsEnded ? reply : reply
            .With(HeaderName.Location, StatusLink.To(run.InstanceId, request, options.Value.PublicBaseUrl).Relative)
            .With(HeaderName.RetryAfter, SyncReplies.RetryAfter);
    }

    /// <summary>The ids of runs: those that requests get, and those of retries. Departments and leases have ids of other forms.</summary>
    [GeneratedRegex(@"\A([0-9a-f]{32}|retry-[0-9a-f]{32}-[0-9]{1,9})\z", RegexOptions.CultureInvariant)]
    private static partial Regex InstanceId();
}
