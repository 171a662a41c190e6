using FlexCrew.Database;
using FlexCrew.Http.Protocol;
using FlexCrew.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Http;

/// <summary>What the console's reads have in common: who may, that nothing is cached, and what a failed query is answered with.</summary>
/// <param name="authorizer">Decides who may.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class ConsoleReads(ICallerAuthorizer authorizer, TimeProvider time, ILogger<ConsoleReads> logger)
{
    internal Task<Reply> AnswerAsync(HttpContext context, Func<Caller, RequestScope, CancellationToken, Task<Reply>> read) =>
        EndpointFrame.RunAsync(context, RouteMethods.Get, time, logger, async scope =>
        {
            var cancellation = context.RequestAborted;
            var authorization = await authorizer.AuthorizeAsync(
                context.Request.Headers.Authorization, RequiredRole.Management, cancellation);
            if (authorization is not Authorization.Granted { Caller: var caller })
                return Replies.Denied(authorization);
            try
            {
                return (await read(caller, scope, cancellation)).With(HeaderName.CacheControl, "no-store");
            }
            catch (DatabaseException failure)
            {
                logger.LogError(failure, "A query of the console failed");
                return Replies.Error(500, "The database could not be read", scope.CorrelationId);
            }
        });
}
