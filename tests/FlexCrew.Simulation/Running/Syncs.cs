using FlexCrew.Contract;
using FlexCrew.Locking;
using FlexCrew.Planning;
using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Planted;
using FlexCrew.Simulation.Scheduling;
using FlexCrew.Sync;

namespace FlexCrew.Simulation.Running;

/// <summary>The syncs: starts them, lets them die, tells what became of them.</summary>
internal sealed class Syncs(World world)
{
    private readonly Dictionary<string, Sync> syncs = [];
    private readonly List<SimRun> runs = [];
    private readonly List<StepExecution> executions = [];

    public bool AllEnded => syncs.Values.All(sync => sync.EndedAt is not null);

    public void Began(StepExecution execution) => executions.Add(execution);

    public void Ended(StepExecution execution) => executions.Remove(execution);

    /// <summary>Clicks: starts a sync of some departments of a job, or a command for one person.</summary>
    public void Start(string instance, Guid job, IReadOnlyList<string> departments, bool prunes, PersonCommand? person = null)
    {
        world.Note(
            instance, $"starts: {string.Join(", ", departments)}{(prunes ? "" : ", without pruning")}{(person is null ? "" : $", {person}")}");
        var sync = syncs[instance] = new Sync(new Strand(world.Scheduler), (int)(world.Dice.Of(instance + "host") * world.Shape.Hosts));
        var request = new SyncJobRequest(instance, job, departments, prunes, instance, "caller") { Person = person };
        _ = world.Scheduler.RunAsync(sync.Strand, async () =>
        {
            var result = await SyncJobFlow.RunAsync(request, world.Shape.Settings, department =>
            {
                var run = new SimRun(department.Holder, new Key(job, department.Department), prunes, sync.Strand, person);
                runs.Add(run);
                return RunAsync(department, run, world.Leases[sync.Host]);
            });
            sync.EndedAt = world.Now;
            return result;
        });
    }

    /// <summary>The process of a sync dies, whatever it is at.</summary>
    public void Kill(int which)
    {
        var running = syncs.Where(sync => sync.Value.EndedAt is null).ToList();
        if (running.Count > 0) Kill(running[which % running.Count]);
    }

    /// <summary>The worker of a step dies.</summary>
    public void KillStep(int which)
    {
        var running = executions.Where(execution => execution.Strand.Alive).ToList();
        if (running.Count == 0) return;
        var execution = running[which % running.Count];
        world.Note(execution.Name, "the worker dies");
        execution.Kill();
    }

    /// <summary>A process that keeps its leases in memory is restarted: its syncs die and its leases are forgotten.</summary>
    public void Restart(int which)
    {
        var host = which % world.Shape.Hosts;
        foreach (var sync in syncs.Where(sync => sync.Value.Host == host).ToList())
        {
            Kill(sync);
            syncs.Remove(sync.Key);
        }

        world.Leases[host].Forget();
    }

    public HolderState StateOf(string holder) =>
        syncs.TryGetValue(holder[..holder.LastIndexOf(':')], out var sync)
            ? sync.EndedAt is { } ended ? new HolderState(HolderStatus.Ended, ended) : new HolderState(HolderStatus.Running)
            : new HolderState(HolderStatus.NotFound);

    /// <summary>
    /// Whether another run of the same crew call, or of the same element, is alive and at work, or was a minute before this one answered.
    /// </summary>
    public bool IsBusy(SimRun run) => runs.Exists(other =>
        other != run && other is { HasBegun: true, Strand.Alive: true } && !(other.EndedAt < run.SettledAt - TimeSpan.FromMinutes(1))
        && (other.Key == run.Key || (other.Element is { } element && element == run.Element)));

    private void Kill(KeyValuePair<string, Sync> sync)
    {
        world.Note(sync.Key, "dies");
        sync.Value.Strand.Kill();
        sync.Value.EndedAt = world.Now;
    }

    private async Task<DepartmentSummary> RunAsync(DepartmentRun department, SimRun run, SimLeases leases)
    {
        try
        {
            var clickedAt = world.Now;
            var summary = await CrewCallSync.RunAsync(department, StepsOf(run), leases, new Host(world, run));
            world.Judge.Answers.Given(run, summary, clickedAt);
            return summary;
        }
        finally
        {
            run.EndedAt = world.Now;
        }
    }

    private ICrewSyncSteps StepsOf(SimRun run)
    {
        var steps = new SimSteps(world, run);
        return world.Planted switch
        {
            PlantedBug.PrunesAlways => new PrunesAlways(steps),
            PlantedBug.BreakBeforeMake => new BreaksBeforeItMakes(steps),
            _ => steps,
        };
    }

    private sealed class Sync(Strand strand, int host)
    {
        public int Host { get; } = host;

        public Strand Strand { get; } = strand;

        public DateTimeOffset? EndedAt { get; set; }
    }

    private sealed class Host(World world, SimRun run) : ISyncHost
    {
        public DateTimeOffset UtcNow => world.Now;

        public Task DelayAsync(TimeSpan delay, CancellationToken cancellation) => Task.Delay(delay, world.Scheduler.Time, cancellation);

        public void Settle(DepartmentSummary summary)
        {
            run.SettledAt = world.Now;
            world.Note(run.Holder, $"settled: {summary.Errors?.Count ?? 0} errors{(summary.Coalesced == true ? ", coalesced" : "")}");
        }

        public void Report(SyncProgress progress) => world.Note(run.Holder, progress.Stage);
    }
}
