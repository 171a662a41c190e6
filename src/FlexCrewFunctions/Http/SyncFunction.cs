using FlexCrew.Http;
using FlexCrew.Http.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrewFunctions.Http;

/// <summary>The drop-in endpoints: each starts an orchestration and answers its result.</summary>
/// <param name="services">Where the endpoint's parts are.</param>
public sealed class SyncFunction(IServiceProvider services)
{
    /// <summary>Every method reaches the endpoint, so that preflight and 405 are answered as the original did.</summary>
    [Function("SyncFlexCrewForJob")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options",
            Route = Routes.Sync)] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        await ActivatorUtilities.CreateInstance<SyncEndpoint>(services, Starter(client)).HandleAsync(request.HttpContext);

    /// <summary>One person is placed on a crew call, or taken off it.</summary>
    [Function("ManageFlexCrewAssignments")]
    public async Task<IActionResult> AssignmentAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options",
            Route = Routes.Assignment)] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        await ActivatorUtilities.CreateInstance<AssignmentEndpoint>(services, Starter(client)).HandleAsync(request.HttpContext);

    /// <summary>The status of a run.</summary>
    [Function("SyncStatus")]
    public async Task<IActionResult> StatusAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options",
            Route = Routes.Status)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client) =>
        await ActivatorUtilities
            .CreateInstance<StatusEndpoint>(services, Runs(client)).HandleAsync(request.HttpContext, id);

    private RunStarter Starter(DurableTaskClient client) => ActivatorUtilities.CreateInstance<RunStarter>(services, Runs(client));

    private DurableRuns Runs(DurableTaskClient client) => ActivatorUtilities.CreateInstance<DurableRuns>(services, client);
}
