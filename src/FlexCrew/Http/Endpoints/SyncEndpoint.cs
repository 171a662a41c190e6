using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Http.Protocol;
using FlexCrew.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Http.Endpoints;

/// <summary><c>POST sync-flex-crew-for-job</c>: authorise, read, start, wait, answer.</summary>
/// <param name="authorizer">Decides who may.</param>
/// <param name="starter">Starts the run and waits for it, or answers a dry run.</param>
/// <param name="crewCalls">Tells the departments of a job.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class SyncEndpoint(
    ICallerAuthorizer authorizer,
    RunStarter starter,
    ICrewCalls crewCalls,
    TimeProvider time,
    ILogger<SyncEndpoint> logger)
{
    /// <summary>Answers a request of any method. Never throws; a caller who disconnects does not end the run.</summary>
    public Task<Reply> HandleAsync(HttpContext context) =>
        EndpointFrame.RunAsync(context, RouteMethods.Post, time, logger, scope => AuthorizeAsync(context, scope));

    private async Task<Reply> AuthorizeAsync(HttpContext context, RequestScope scope)
    {
        var authorization =
            await authorizer.AuthorizeAsync(context.Request.Headers.Authorization, RequiredRole.Management, context.RequestAborted);
        if (authorization is not Authorization.Granted { Caller: var caller })
            return Replies.Denied(authorization);

        var (body, refusal) = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        if (refusal is not null)
            return refusal;
        var (command, error) = SyncCommandReader.Read(body);
        if (command is null)
            return Replies.Error(400, error!);
        if (!starter.HasFlexToken)
            return Replies.Json(500, new { error = FlexTokenSetting.NotConfigured });

        scope.JobId = command.JobId;
        return await SyncAsync(context, command, caller, scope);
    }

    private async Task<Reply> SyncAsync(HttpContext context, SyncCommand command, Caller caller, RequestScope scope)
    {
        var departments = command.Departments ?? await DepartmentsAsync(command.JobId, context.RequestAborted);
        if (departments is null)
            return Replies.Error(500, "Department lookup failed", scope.CorrelationId);
        if (departments.Count == 0)
            return SyncReplies.Nothing(command.JobId);
        if (command.DryRun)
            return await starter.PlanAsync(
                new PlanRequest(command.JobId, departments, command.PruneOrphans, scope.CorrelationId), context.RequestAborted);

        var request = new SyncJobRequest(
            NewId.From(time), command.JobId, departments, command.PruneOrphans, scope.CorrelationId, caller.UserId.ToString("D"));

        scope.InstanceId = request.InstanceId;
        logger.LogInformation("Run started for {Departments} by user {UserId}", departments, caller.UserId);
        return await starter.AnswerAsync(context, request, SyncReplies.Ended, link => SyncReplies.StillRunning(request, link));
    }

    /// <summary>The departments mapped for the job, else the usual ones; null when they could not be looked up.</summary>
    private async Task<IReadOnlyList<string>?> DepartmentsAsync(Guid jobId, CancellationToken cancellation)
    {
        try
        {
            var mapped = KnownDepartments.Of(await crewCalls.DepartmentsAsync(jobId, cancellation));
            return mapped.Count > 0 ? [.. Departments.All.Where(mapped.Contains)] : Departments.Default;
        }
        catch (DatabaseException failure)
        {
            logger.LogError(failure, "The departments of the job could not be looked up");
            return null;
        }
    }
}
