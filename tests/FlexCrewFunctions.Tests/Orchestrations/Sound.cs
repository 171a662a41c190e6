using FlexCrew;
using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Locking;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Orchestrations;
using FlexCrewFunctions.Tests.Backend;
using Microsoft.DurableTask.Converters;
using static FlexCrew.Tests.Make;

namespace FlexCrewFunctions.Tests.Orchestrations;

/// <summary>The sound department of a job, as the orchestration <c>SyncCrewCall</c> meets it.</summary>
internal sealed class Sound
{
    public static readonly LeaseKey Key = new(Runs.Job, "sound");

    /// <summary>The names of the steps, which are those of their activities.</summary>
    public static IReadOnlyList<string> StepNames { get; } =
    [
        .. typeof(SyncSteps).GetFields().Select(field => field.GetValue(null)!)
            .Select(step => (string)step.GetType().GetProperty("Name")!.GetValue(step)!),
    ];

    public MemoryHub Hub { get; } = new();

    public ScriptedSteps Steps => Hub.Activities.Steps;

    /// <summary>The row that the run wrote to the log.</summary>
    public SyncLogRow Logged => Steps.Logged.Last();

    /// <summary>The stored lease; a new one where none is stored.</summary>
    public LeaseState Lease => Hub.Entities.State(Key) ?? new LeaseState();

    public Task<DepartmentSummary> RunAsync(string instance = "me", bool prune = true) => RunAsync(Runs.Sound(instance, prune));

    public async Task<DepartmentSummary> RunAsync(DepartmentRun run) =>
        (await Hub.RunAsync<DepartmentSummary>(SyncCrewCallOrchestration.Name, run.Holder, run))!;

    /// <summary>
    /// Runs it, and answers what the run told before its end: the engine keeps an orchestration open whose activity never answers.
    /// </summary>
    public async Task<DepartmentSummary> SettleAsync()
    {
        var run = Runs.Sound("me", true);
        Hub.Start(SyncCrewCallOrchestration.Name, run.Holder, JsonDataConverter.Default.Serialize(run), parent: null);
        await Hub.RunAsync();
        return JsonDataConverter.Default.Deserialize<RunStatusBody>(Hub.Find(run.Holder)!.CustomStatus)!.Settled["sound"];
    }

    public int Tries(string activity) => Hub.Trace.Count(line => line == activity);

    /// <summary>Somebody else holds the lease.</summary>
    public async Task<long> HeldByAsync(string holder) =>
        (await Hub.Entities.CallAsync<LeaseAnswer>(Key, "TryAcquire", new LeaseRequest(holder, true)))!.Token;

    public Task GiveBackAsync(string holder, string? summary = null) =>
        Hub.Entities.CallAsync<object>(Key, "Release", new LeaseRelease(holder, Lease.Token, true, summary));

    public Sound NothingToDo() => Plans(new CrewPlan { Kept = 1 });

    public Sound OneToAdd() => Plans(new CrewPlan { Additions = [Addition("r1", 1)] });

    public Sound OneToAddOnceAnotherRunHasLeftTheElement()
    {
        Steps.Answer(SyncSteps.Resolve, Runs.Busy()).Answer(SyncSteps.Resolve, Runs.Busy(isNext: true));
        return OneToAdd();
    }

    public Sound OneWithoutRole() => Plans(new CrewPlan { Roles = [new RoleAssignment("L1", Tech(1), "tecnico", "role-t")] });

    public Sound OneToPrune() => Plans(new CrewPlan { Deletions = [Deletion("L9", "r9", Row(9, "L9"))] });

    public Sound OneToRemove() => Plans(new CrewPlan { LeftoverRows = [Leaving(9, null)] });

    public Sound TenToAdd() =>
        Plans(new CrewPlan { Additions = [.. Enumerable.Range(1, 10).Select(number => Addition($"r{number}", number))] });

    public Sound NoMapping()
    {
        Steps.Answer(SyncSteps.Resolve, new ResolvedCrew());
        return this;
    }

    /// <summary>Lets an activity fail a number of times: by the failure, or by an exception where there is none.</summary>
    public Sound Breaks(string activity, int times, Failure? failure = null)
    {
        Hub.Activities.Break(activity, times, failure);
        return this;
    }

    public void AssertFreeAndNobodyCoalesces()
    {
        Assert.NotEqual(0, Lease.Token);
        Assert.Null(Lease.Holder);
        Assert.Null(Lease.LastCompleted);
    }

    /// <summary>A world in which every step has something to do.</summary>
    public Sound EverythingToDo()
    {
        var plan = new CrewPlan { Additions = [Addition("r1", 1)], Deletions = [Deletion("L8", "r8")], LeftoverRows = [Leaving(9, null)] };
        Steps.Answer(SyncSteps.Reread, plan);
        return Plans(plan with { StaleRows = [Leaving(7, "gone")] });
    }

    private Sound Plans(CrewPlan plan)
    {
        Steps.Plan(plan);
        return this;
    }
}
