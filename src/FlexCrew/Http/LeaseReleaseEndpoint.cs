using FlexCrew.Locking;
using FlexCrew.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Http;

/// <summary><c>POST …/leases/{job}/{department}/release</c>: an admin frees a stuck lease.</summary>
/// <param name="authorizer">Decides who may.</param>
/// <param name="leases">The leases of the host.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class LeaseReleaseEndpoint(
    ICallerAuthorizer authorizer,
    ILeaseAdministration leases,
    TimeProvider time,
    ILogger<LeaseReleaseEndpoint> logger)
{
    /// <summary>Answers a request of any method. Never throws. The body is not looked at.</summary>
    /// <param name="context">The request.</param>
    /// <param name="job">The job from the route, as the caller sent it.</param>
    /// <param name="department">The department from the route, as the caller sent it.</param>
    public Task<Reply> HandleAsync(HttpContext context, string job, string department) =>
        EndpointFrame.RunAsync(context, RouteMethods.Post, time, logger, async scope =>
        {
            var authorization = await authorizer.AuthorizeAsync(context.Request.Headers.Authorization, RequiredRole.Admin, context.RequestAborted);
            if (authorization is not Authorization.Granted { Caller: var caller })
                return Replies.Denied(authorization);
            if (Uuid.Parse(job) is not { } jobId)
                return Replies.Error(400, Replies.MalformedJobId);
            if (KnownDepartments.Of(department) is not { } known)
                return Replies.Error(404, "Unknown department");

            scope.JobId = jobId;
            var held = await leases.ForceReleaseAsync(new LeaseKey(jobId, known), CancellationToken.None);
            logger.LogWarning(
                "Lease of {Department} released by user {UserId}; it was held by {Holder}", known, caller.UserId, held.Holder);
            return Replies.Json(200, LeaseReleaseBody.Of(held));
        });
}
