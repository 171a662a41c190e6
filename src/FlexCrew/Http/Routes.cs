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

    /// <summary>Frees a stuck lease: <see cref="LeaseReleaseEndpoint"/>.</summary>
    public const string LeaseRelease = Sync + "/leases/{job}/{department}/release";

    /// <summary>Liveness and readiness: <see cref="HealthEndpoint"/>.</summary>
    public const string Health = "health";
}
