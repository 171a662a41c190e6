using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Http.Protocol;
using FlexCrew.Planning;
using FlexCrew.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexCrew.Http.Endpoints;

/// <summary>
/// <c>POST manage-flex-crew-assignments</c>: places one person on a crew call or takes them off it. It judges in the order of the original:
/// caller, body, technician, resource id, crew call, Flex token, action.
/// </summary>
/// <param name="authorizer">Decides who may.</param>
/// <param name="starter">Starts the run and waits for it.</param>
/// <param name="crewCalls">Tells crew calls and people.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class AssignmentEndpoint(
    ICallerAuthorizer authorizer,
    RunStarter starter,
    ICrewCalls crewCalls,
    TimeProvider time,
    ILogger<AssignmentEndpoint> logger)
{
    /// <summary>Answers a request of any method. Never throws; a caller who disconnects does not end the run.</summary>
    public Task<Reply> HandleAsync(HttpContext context) =>
        EndpointFrame.RunAsync(context, RouteMethods.Post, time, logger, scope => AuthorizeAsync(context, scope));

    private async Task<Reply> AuthorizeAsync(HttpContext context, RequestScope scope)
    {
        var authorization = await authorizer.AuthorizeAsync(
            context.Request.Headers.Authorization, RequiredRole.ManagementOrService, context.RequestAborted);
        if (authorization is not Authorization.Granted { Caller: var caller })
            return AssignmentReplies.Denied(authorization);

        var (body, refusal) = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        if (refusal is not null)
            return refusal;
        var (command, error) = AssignmentCommand.Read(body);
        if (command is null)
            return AssignmentReplies.Error(400, error!);
        if (caller == Caller.Service && command.Action == PersonAction.Remove)
            return AssignmentReplies.ServiceMayOnlyAdd;

        scope.JobId = command.JobId;
        try
        {
            if (await ObstacleAsync(command, context.RequestAborted) is { } obstacle)
                return obstacle;
        }
        catch (DatabaseException failure)
        {
            logger.LogError(failure, "The technician or the crew call could not be looked up");
            return AssignmentReplies.Error(500, "Technician and crew call lookup failed");
        }

        return await RunAsync(context, command, caller, scope);
    }

    /// <summary>What keeps the command from being carried out; null when nothing does.</summary>
    private async Task<Reply?> ObstacleAsync(AssignmentCommand command, CancellationToken cancellation)
    {
        var people = crewCalls.PeopleAsync([command.TechnicianId], [], cancellation);
        var departments = crewCalls.DepartmentsAsync(command.JobId, cancellation);
        await Task.WhenAll(people, departments);
        if (await people is not [var person])
            return AssignmentReplies.TechnicianNotFound;
        if (ResourceIds.Clean(person.FlexResourceId) is null)
            return AssignmentReplies.NoResource;
        if (command.Department is not { } department || !(await departments).Contains(department))
            return AssignmentReplies.CrewCallNotFound;
        if (!starter.HasFlexToken)
            return AssignmentReplies.NoFlexToken;
        return command.Action is null ? AssignmentReplies.InvalidAction : null;
    }

    private async Task<Reply> RunAsync(HttpContext context, AssignmentCommand command, Caller caller, RequestScope scope)
    {
        var action = command.Action!.Value;
        var request = new SyncJobRequest(
            NewId.From(time),
            command.JobId,
            [command.Department!],
            PruneOrphans: false,
            scope.CorrelationId,
            caller == Caller.Service ? SyncJobRequest.Service : caller.UserId.ToString("D"))
        {
            Person = new PersonCommand(command.TechnicianId, action),
        };

        scope.InstanceId = request.InstanceId;
        logger.LogInformation("Command {Action} in {Department} by {Caller}", action, request.Departments[0], request.TriggeredBy);
        return await starter.AnswerAsync(
            context, request, run => AssignmentReplies.Ended(action, run), link => AssignmentReplies.StillRunning(request, link));
    }
}
