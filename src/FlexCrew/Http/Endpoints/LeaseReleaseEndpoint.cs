using FlexCrew.Database;
using FlexCrew.Http.Protocol;
using FlexCrew.Locking;
using FlexCrew.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Http.Endpoints;

/// <summary>
/// <c>POST …/leases/{job}/{department}/release</c>: an admin frees a stuck lease, and with it the fence that its holder has in the
/// database.
/// <c>POST …/leases/{element}/element/release</c> frees the fence of an element in Flex, whoever holds it.
/// </summary>
/// <param name="authorizer">Decides who may.</param>
/// <param name="leases">The leases of the host.</param>
/// <param name="fences">The fences in the database.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class LeaseReleaseEndpoint(
    ICallerAuthorizer authorizer,
    ILeaseAdministration leases,
    IFences fences,
    TimeProvider time,
    ILogger<LeaseReleaseEndpoint> logger)
{
    /// <summary>What takes the place of the department where the fence of an element is meant.</summary>
    private const string Element = "element";

    /// <summary>Answers a request of any method. Never throws. The body is not looked at.</summary>
    /// <param name="context">The request.</param>
    /// <param name="job">The job from the route, or the element, as the caller sent it.</param>
    /// <param name="department">The department from the route, as the caller sent it.</param>
    public Task<Reply> HandleAsync(HttpContext context, string job, string department) =>
        EndpointFrame.RunAsync(context, RouteMethods.Post, time, logger, async scope =>
        {
            var authorization =
                await authorizer.AuthorizeAsync(context.Request.Headers.Authorization, RequiredRole.Admin, context.RequestAborted);
            if (authorization is not Authorization.Granted { Caller: var caller })
                return Replies.Denied(authorization);
            if (department.Equals(Element, StringComparison.OrdinalIgnoreCase))
                return await FreeAsync(job, caller);
            if (Uuid.Parse(job) is not { } jobId)
                return Replies.Error(400, Replies.NoUuid("job_id"));
            if (KnownDepartments.Of(department) is not { } known)
                return Replies.Error(404, "Unknown department");

            scope.JobId = jobId;
            var held = await leases.ForceReleaseAsync(new LeaseKey(jobId, known), CancellationToken.None);
            if (held.Holder is { } holder) await fences.FreeHeldByAsync(holder, CancellationToken.None);
            logger.LogWarning(
                "Lease of {Department} released by user {UserId}; it was held by {Holder}", known, caller.UserId, held.Holder);
            return Replies.Json(200, LeaseReleaseBody.Of(held));
        });

    private async Task<Reply> FreeAsync(string element, Caller caller)
    {
        var freed = await fences.FreeAsync(element, CancellationToken.None);
        logger.LogWarning("Fence of an element released by user {UserId}; it was held by {Holder}", caller.UserId, freed?.Holder);
        return Replies.Json(200, LeaseReleaseBody.Of(freed));
    }
}
