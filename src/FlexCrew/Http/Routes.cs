using FlexCrew.Http.Endpoints;

namespace FlexCrew.Http;

/// <summary>The routes, the same in every host. The templates stand below <see cref="Prefix"/>.</summary>
public static class Routes
{
    /// <summary>What all routes begin with: <c>routePrefix</c> in <c>host.json</c>, a group in LocalHost.</summary>
    public const string Prefix = "functions/v1";

    /// <summary>Starts a sync: <see cref="SyncEndpoint"/>.</summary>
    public const string Sync = "sync-flex-crew-for-job";

    /// <summary>Tells how a sync is doing: <see cref="StatusEndpoint"/>.</summary>
    public const string Status = Sync + "/{id}";

    /// <summary>Places one person on a crew call or takes them off it: <see cref="AssignmentEndpoint"/>.</summary>
    public const string Assignment = "manage-flex-crew-assignments";

    /// <summary>Frees a stuck lease: <see cref="LeaseReleaseEndpoint"/>.</summary>
    public const string LeaseRelease = Sync + "/leases/{job}/{department}/release";

    /// <summary>Liveness and readiness: <see cref="HealthEndpoint"/>.</summary>
    public const string Health = "health";

    /// <summary>The console's page: <see cref="ConsoleSiteEndpoint"/>.</summary>
    public const string Console = "console";

    /// <summary>The files of the console's page.</summary>
    public const string ConsoleFile = Console + "/assets/{file}";

    /// <summary>The documents that the console links to.</summary>
    public const string ConsoleDocument = Console + "/docs/{file}";

    /// <summary>Who is signed in: <see cref="SessionEndpoint"/>.</summary>
    public const string ConsoleSession = Console + "/session";

    /// <summary>Jobs, and what is known of them without asking Flex: <see cref="JobsEndpoint"/>.</summary>
    public const string ConsoleJobs = Console + "/jobs";

    /// <summary>The crew of a job's department in the three places: <see cref="CrewEndpoint"/>.</summary>
    public const string ConsoleCrew = Console + "/jobs/{job}/crew";

    /// <summary>The history of runs: <see cref="RunsEndpoint"/>.</summary>
    public const string ConsoleRuns = Console + "/runs";

    /// <summary>Outcomes, durations and requests over time: <see cref="StatsEndpoint"/>.</summary>
    public const string ConsoleStats = Console + "/stats";

    /// <summary>The leases that are held: <see cref="LeasesEndpoint"/>.</summary>
    public const string ConsoleLeases = Console + "/leases";
}
