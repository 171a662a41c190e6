using FlexCrew.Contract;
using FlexCrew.Planning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FlexCrew.Sync;

/// <summary>Registers the steps of a sync.</summary>
public static class SyncRegistration
{
    /// <summary>
    /// Registers the bodies of the steps and the planner. <see cref="RetryDispatcher"/> needs the host's
    /// <see cref="ISyncRuns"/>: the host makes it.
    /// </summary>
    public static IServiceCollection AddSync(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FlexCrewOptions>, FlowOptionsValidator>());
        services.AddSingleton<IFlexBudget, FlexBudget>();
        services.AddSingleton<BusinessRoles>();
        services.AddSingleton<CrewWorldReader>();
        services.AddSingleton<WriteGuards>();
        services.AddSingleton<ContactRemoval>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<ISyncPlanner, SyncPlanner>();
        services.AddSingleton<Func<ISyncPlanner>>(provider => provider.GetRequiredService<ISyncPlanner>);
        services.AddSingleton<ICrewSyncStep<ResolveInput, ResolvedCrew>, ResolveStep>();
        services.AddSingleton<ICrewSyncStep<PruneInput, RemovedContacts>, PruneStep>();
        services.AddSingleton<ICrewSyncStep<StaleInput, StaleRowsDeleted>, DeleteStaleStep>();
        services.AddSingleton<ICrewSyncStep<RereadInput, CrewPlan>, RereadStep>();
        services.AddSingleton<ICrewSyncStep<AddInput, AddedContact>, AddStep>();
        services.AddSingleton<ICrewSyncStep<RoleInput, RoleSet>, RoleStep>();
        services.AddSingleton<ICrewSyncStep<RemoveInput, RemovedContacts>, RemoveStep>();
        services.AddSingleton<ICrewSyncStep<RecordInput, RunRecorded>, RecordStep>();
        return services;
    }
}
