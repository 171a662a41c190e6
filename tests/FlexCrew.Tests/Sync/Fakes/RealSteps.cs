using FlexCrew.Contract;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Flex.CrewCalls;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlexCrew.Tests.Sync.Fakes;

/// <summary>The steps as a host runs them, over a database and a crew call in memory.</summary>
internal sealed class RealSteps : ICrewSyncSteps
{
    private readonly StepRunner runner = new(NullLogger<StepRunner>.Instance);
    private readonly Dictionary<string, object> bodies;

    public RealSteps(MemoryDatabase database, MemoryFlex flex)
    {
        var client = flex.Client(TimeSpan.FromSeconds(0.5));
        var worlds = new CrewWorldReader(database, client, new BusinessRoles(new FlexCrewOptions()));
        var guards = new WriteGuards(database, database, database, flex.Time);
        var removal = new ContactRemoval(client, database, guards);
        bodies = new Dictionary<string, object>
        {
            [SyncSteps.Resolve.Name] = new ResolveStep(worlds, Runs.Settings),
            [SyncSteps.DeleteStale.Name] = new DeleteStaleStep(database),
            [SyncSteps.Reread.Name] = new RereadStep(worlds),
            [SyncSteps.Prune.Name] = new PruneStep(removal),
            [SyncSteps.Add.Name] = new AddStep(client, database, guards, new FlexCrewOptions(), flex.Time),
            [SyncSteps.SetRole.Name] = new RoleStep(client, guards),
            [SyncSteps.Remove.Name] = new RemoveStep(removal),
            [SyncSteps.Record.Name] = new RecordStep(database, database, NullLogger<RecordStep>.Instance),
        };
        Planner = new SyncPlanner(worlds, database, flex.Time);
    }

    /// <summary>Answers dry runs of the same world.</summary>
    public ISyncPlanner Planner { get; }

    public Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input) where TIn : IStepInput where TOut : class =>
        runner.RunAsync(step, (ICrewSyncStep<TIn, TOut>)bodies[step.Name], input, CancellationToken.None);
}
