using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlexCrew.Sync;

/// <summary>Registers the steps of a sync.</summary>
public static class SyncServices
{
    /// <summary>
    /// Registers the steps and their runner. The host adds <see cref="ISyncRuns"/>,
    /// <see cref="Locking.ILeaseFence"/> and <see cref="Locking.ILeaseAdministration"/>.
    /// </summary>
    public static IServiceCollection AddSync(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<BusinessRoles>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<ISyncPlanner, SyncPlanner>();
        services.AddSingleton<RetryDispatcher>();
        services.AddSingleton<ICrewSyncStep<ResolveInput, ResolvedCrew>, ResolveStep>();
        services.AddSingleton<ICrewSyncStep<PruneInput, PrunedCrew>, PruneStep>();
        services.AddSingleton<ICrewSyncStep<StaleInput, StaleRowsDeleted>, DeleteStaleStep>();
        services.AddSingleton<ICrewSyncStep<RereadInput, CrewRows>, RereadStep>();
        services.AddSingleton<ICrewSyncStep<AddInput, AddedContact>, AddStep>();
        services.AddSingleton<ICrewSyncStep<RoleInput, RoleSet>, RoleStep>();
        services.AddSingleton<ICrewSyncStep<RemoveInput, RemovedRows>, RemoveStep>();
        services.AddSingleton<ICrewSyncStep<RecordInput, RunRecorded>, RecordStep>();
        return services;
    }
}
