using FlexCrew;
using FlexCrew.Http;
using FlexCrewFunctions.Leases;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrewFunctions.Http;

/// <summary>The console: its page where it is switched on, and its reads.</summary>
/// <param name="services">Where the endpoints' parts are.</param>
/// <param name="options">Whether the page is served.</param>
public sealed class ConsoleFunctions(IServiceProvider services, FlexCrewOptions options)
{
    /// <summary>The page.</summary>
    [Function("Console")]
    public async Task<IActionResult> PageAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options", Route = Routes.Console)]
        HttpRequest request) =>
        await (options.Console ? Site.PageAsync(request.HttpContext) : Site.AbsentAsync(request.HttpContext));

    /// <summary>A file of the page.</summary>
    [Function("ConsoleFile")]
    public async Task<IActionResult> FileAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options", Route = Routes.ConsoleFile)]
        HttpRequest request,
        string file) =>
        await (options.Console ? Site.FileAsync(request.HttpContext, file) : Site.AbsentAsync(request.HttpContext));

    /// <summary>A document that the page links to.</summary>
    [Function("ConsoleDocument")]
    public async Task<IActionResult> DocumentAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options", Route = Routes.ConsoleDocument)]
        HttpRequest request,
        string file) =>
        await (options.Console ? Site.DocumentAsync(request.HttpContext, file) : Site.AbsentAsync(request.HttpContext));

    /// <summary>Who is signed in.</summary>
    [Function("ConsoleSession")]
    public async Task<IActionResult> SessionAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options", Route = Routes.ConsoleSession)]
        HttpRequest request) =>
        await services.GetRequiredService<SessionEndpoint>().HandleAsync(request.HttpContext);

    /// <summary>The list of jobs.</summary>
    [Function("ConsoleJobs")]
    public async Task<IActionResult> JobsAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options", Route = Routes.ConsoleJobs)]
        HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        await ActivatorUtilities.CreateInstance<JobsEndpoint>(services, new EntityLeaseList(client)).HandleAsync(request.HttpContext);

    /// <summary>The crew of a job's department in the three places.</summary>
    [Function("ConsoleCrew")]
    public async Task<IActionResult> CrewAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options", Route = Routes.ConsoleCrew)]
        HttpRequest request,
        string job) =>
        await services.GetRequiredService<CrewEndpoint>().HandleAsync(request.HttpContext, job);

    /// <summary>The history of runs.</summary>
    [Function("ConsoleRuns")]
    public async Task<IActionResult> RunsAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options", Route = Routes.ConsoleRuns)]
        HttpRequest request) =>
        await services.GetRequiredService<RunsEndpoint>().HandleAsync(request.HttpContext);

    /// <summary>Outcomes, durations and requests over time.</summary>
    [Function("ConsoleStats")]
    public async Task<IActionResult> StatsAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options", Route = Routes.ConsoleStats)]
        HttpRequest request) =>
        await services.GetRequiredService<StatsEndpoint>().HandleAsync(request.HttpContext);

    /// <summary>The leases that are held.</summary>
    [Function("ConsoleLeases")]
    public async Task<IActionResult> LeasesAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options", Route = Routes.ConsoleLeases)]
        HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        await ActivatorUtilities.CreateInstance<LeasesEndpoint>(services, new EntityLeaseList(client)).HandleAsync(request.HttpContext);

    private ConsoleSiteEndpoint Site => services.GetRequiredService<ConsoleSiteEndpoint>();
}
