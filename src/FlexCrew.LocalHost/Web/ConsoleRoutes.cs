using FlexCrew.Http;

namespace FlexCrew.LocalHost.Web;

/// <summary>Maps the console: its page at the root too.</summary>
internal static class ConsoleRoutes
{
    private const string DevelopmentSignIn = Routes.Console + "/development-sign-ins";

    public static void MapConsole(this WebApplication app, RouteGroupBuilder routes)
    {
        foreach (var site in (IEndpointRouteBuilder[])[app, routes])
        {
            site.Map(Routes.ConsoleFile, (HttpContext context, string file, ConsoleSiteEndpoint endpoint) =>
                endpoint.FileAsync(context, file));
            site.Map(Routes.ConsoleDocument, (HttpContext context, string file, ConsoleSiteEndpoint endpoint) =>
                endpoint.DocumentAsync(context, file));
        }

        app.Map("/", (HttpContext context, ConsoleSiteEndpoint endpoint) => endpoint.PageAsync(context));
        routes.Map(Routes.Console, (HttpContext context, ConsoleSiteEndpoint endpoint) => endpoint.PageAsync(context));
        routes.Map(Routes.ConsoleSession, (HttpContext context, SessionEndpoint endpoint) => endpoint.HandleAsync(context));
        routes.Map(Routes.ConsoleJobs, (HttpContext context, JobsEndpoint endpoint) => endpoint.HandleAsync(context));
        routes.Map(Routes.ConsoleCrew, (HttpContext context, string job, CrewEndpoint endpoint) => endpoint.HandleAsync(context, job));
        routes.Map(Routes.ConsoleRuns, (HttpContext context, RunsEndpoint endpoint) => endpoint.HandleAsync(context));
        routes.Map(Routes.ConsoleStats, (HttpContext context, StatsEndpoint endpoint) => endpoint.HandleAsync(context));
        routes.Map(Routes.ConsoleLeases, (HttpContext context, LeasesEndpoint endpoint) => endpoint.HandleAsync(context));
        routes.MapGet(DevelopmentSignIn, (HttpContext context, DevelopmentSignIns signIns) => signIns.Answer(context));
    }
}
