using FlexCrew.Flex;
using FlexCrew.Flex.CrewCalls;
using FlexCrew.Planning;
using FlexCrew.Simulation.Planted;
using FlexCrew.Simulation.Scenarios;
using FlexCrew.Simulation.Scheduling;
using FlexCrew.Sync;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FlexCrew.Simulation.Running;

/// <summary>
/// Delivers steps to workers, at least once: a worker may die at any await, and then the step is delivered again; so
/// it is when the worker was done and nobody heard of it, or, long after, when its result has been taken.
/// </summary>
internal sealed class SimSteps(World world, SimRun run) : ICrewSyncSteps
{
    private static readonly FlexCrewOptions Options = new();
    private static readonly BusinessRoles Roles = new(Options);

    public async Task<StepResult<TOut>> CallAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        where TIn : IStepInput
        where TOut : class
    {
        var name = $"{run.Holder}/{step.Name}{run.Next(step.Name)}";
        for (var delivery = 1; ; delivery++)
        {
            var fate = delivery < 4 ? world.Faults.OfStep($"{name}.{delivery}") : StepFate.Once;
            var execution = Deliver(step, $"{name}.{delivery}", isLate: false);
            var running = RunAsync(step, input, execution);
            if (fate == StepFate.DiesMidway)
                world.Scheduler.After(
                    world.Dice.Between(execution.Name + "dies", 0, world.Dice.OneOf(execution.Name + "when", 1.0, 5, 40)), () =>
                        Die(execution));
            var ended = await Task.WhenAny(running, execution.Killed) == running;
            if (ended && fate == StepFate.RunAgainLater)
                RunLater(step, input, $"{name}.late");
            if (ended && fate != StepFate.RunTwice)
                return await running;
            await Task.Delay(world.Dice.Between(execution.Name + "again", 0, 25), world.Scheduler.Time);
        }
    }

    private void RunLater<TIn, TOut>(Step<TIn, TOut> step, TIn input, string name)
        where TIn : IStepInput
        where TOut : class =>
        world.Scheduler.After(world.Dice.Between(name, 0.2, 60), () =>
        {
            if (run.Strand.Alive) _ = RunAsync(step, input, Deliver(step, name, isLate: true));
        });

    private StepExecution Deliver<TIn, TOut>(Step<TIn, TOut> step, string name, bool isLate)
        where TIn : IStepInput
        where TOut : class
    {
        var execution = new StepExecution(run, step.Name, name, new Strand(world.Scheduler, run.Strand), isLate);
        world.Syncs.Began(execution);
        return execution;
    }

    private void Die(StepExecution execution)
    {
        if (execution.HasEnded) return;
        world.Note(execution.Name, "the worker dies");
        execution.Kill();
    }

    private Task<StepResult<TOut>> RunAsync<TIn, TOut>(Step<TIn, TOut> step, TIn input, StepExecution execution)
        where TIn : IStepInput
        where TOut : class =>
        world.Scheduler.RunAsync(execution.Strand, async () =>
        {
            try
            {
                var runner = new StepRunner(NullLogger<StepRunner>.Instance);
                return await runner.RunAsync(step, Body(step, execution), input, CancellationToken.None);
            }
            catch (Exception unforeseen)
            {
                world.Judge.Broken("no step throws", $"{execution.Name}: {unforeseen}");
                return StepResult<TOut>.Failed(new Failure(FailureKind.Unexpected, "The step failed unexpectedly"));
            }
            finally
            {
                execution.HasEnded = true;
                world.Syncs.Ended(execution);
            }
        });

    private ICrewSyncStep<TIn, TOut> Body<TIn, TOut>(Step<TIn, TOut> step, StepExecution execution)
        where TIn : IStepInput
        where TOut : class
    {
        var database = new DatabasePort(world, execution);
        IFlexApi api = new FlexPort(world, execution);
        if (world.Planted == PlantedBug.BlindRetry) api = new BlindRetry(api);
        if (world.Planted == PlantedBug.FailedListingIsEmpty) api = new FailedListingIsEmpty(api);
        var flex = new CrewCallClient(api, new OptionsWrapper<FlexCrewOptions>(Options), world.Scheduler.Time);
        var worlds = new CrewWorldReader(database, flex, Roles);
        var guards = new WriteGuards(database, database, database, world.Scheduler.Time);
        var removal = new ContactRemoval(flex, database, guards);
        object body = step.Name switch
        {
            "ResolveCrew" => new ResolveStep(worlds, world.Shape.Settings),
            "PruneOrphans" => new PruneStep(removal),
            "DeleteStaleRows" => new DeleteStaleStep(database),
            "RereadCrew" => new RereadStep(worlds),
            "AddContact" => new AddStep(flex, database, guards, Options, world.Scheduler.Time),
            "SetBusinessRole" => new RoleStep(flex, guards),
            "RemoveLeftovers" => new RemoveStep(removal),
            "RecordRun" => new RecordStep(database, database, NullLogger<RecordStep>.Instance),
            _ => throw new NotSupportedException(step.Name),
        };
        return (ICrewSyncStep<TIn, TOut>)body;
    }
}
