using FlexCrew.Http;
using FlexCrew.Http.Endpoints;
using FlexCrewFunctions.Leases;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrewFunctions.Http;

/// <summary>The routes for whoever runs the app.</summary>
/// <param name="services">Where the endpoints' parts are.</param>
public sealed class OperatorFunctions(IServiceProvider services)
{
    /// <summary>Liveness and readiness.</summary>
    [Function("Health")]
    public async Task<IActionResult> HealthAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options",
            Route = Routes.Health)] HttpRequest request) =>
        await services.GetRequiredService<HealthEndpoint>().HandleAsync(request.HttpContext);

    /// <summary>Frees a stuck lease.</summary>
    [Function("LeaseRelease")]
    public async Task<IActionResult> ReleaseAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options",
            Route = Routes.LeaseRelease)] HttpRequest request,
        string job,
        string department,
        [DurableClient] DurableTaskClient client) =>
        await ActivatorUtilities
            .CreateInstance<LeaseReleaseEndpoint>(services, new EntityLeaseAdministration(client))
            .HandleAsync(request.HttpContext, job, department);
}
