using FlexCrew;
using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Locking;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Orchestrations;
using FlexCrewFunctions.Tests.Backend;
using static FlexCrew.Tests.Make;

namespace FlexCrewFunctions.Tests.Orchestrations;

/// <summary>The sound department of a job, as the orchestration <c>SyncCrewCall</c> meets it.</summary>
internal sealed class Sound
{
    public static readonly LeaseKey Key = new(Runs.Job, "sound");

    private static readonly Dictionary<string, string> Roles = new() { ["tecnico"] = "role-t", ["especialista"] = "role-e", ["responsable"] = "role-r" };

    public MemoryHub Hub { get; } = new();

    public ScriptedSteps Steps => Hub.Activities.Steps;

    /// <summary>The row that the run wrote to the log.</summary>
    public SyncLogRow Logged => Steps.Logged.Last();

    /// <summary>The stored lease; a new one where none is stored.</summary>
    public LeaseState Lease => Hub.Entities.State(Key) ?? new LeaseState();

    public Task<DepartmentSummary> RunAsync(string instance = "me", bool prune = true) => RunAsync(Runs.Sound(instance, prune));

    public async Task<DepartmentSummary> RunAsync(DepartmentRun run) =>
        (await Hub.RunAsync<DepartmentSummary>(SyncCrewCallOrchestration.Name, run.Holder, run))!;

    public int Tries(string activity) => Hub.Trace.Count(line => line == activity);

    /// <summary>Somebody else holds the lease.</summary>
    public async Task<long> HeldByAsync(string holder) =>
        (await Hub.Entities.CallAsync<LeaseAnswer>(Key, "TryAcquire", new LeaseRequest(holder, true)))!.Token;

    public Task GiveBackAsync(string holder, string? summary = null) =>
        Hub.Entities.CallAsync<object>(Key, "Release", new LeaseRelease(holder, Lease.Token, true, summary));

    public Sound NothingToDo() => Desires(Desired("r1", 1)).Lists(Contact("L1", "r1", "role-t")).Maps(Row(1, "L1"));

    public Sound OneToAdd() => Desires(Desired("r1", 1));

    public Sound OneToAddBesideSiblings() => Desires(shared: true, Desired("r1", 1));

    public Sound OneWithoutRole() => Desires(Desired("r1", 1)).Lists(Contact("L1", "r1", "")).Maps(Row(1, "L1"));

    public Sound OneToPrune()
    {
        Desires(Desired("r1", 1)).Maps(Row(1, "L1"));
        Steps.Answer(SyncSteps.Prune, new PrunedCrew([Contact("L1", "r1", "role-t")], 2, 1, [new RemovedContact("L9", "r9", [Tech(9)])], [], []));
        return this;
    }

    public Sound OneToRemove() => Maps(Row(9, null));

    public Sound TenToAdd() => Desires([.. Enumerable.Range(1, 10).Select(number => Desired($"r{number}", number))]);

    public Sound NoMapping()
    {
        Steps.Answer(SyncSteps.Resolve, new ResolvedCrew(null, null, [], new Dictionary<string, string>(), false, []));
        return this;
    }

    /// <summary>Lets an activity fail a number of times: by the failure, or by an exception where there is none.</summary>
    public Sound Breaks(string activity, int times, Failure? failure = null)
    {
        Hub.Activities.Break(activity, times, failure);
        return this;
    }

    public void AssertFreeAndCoversNobody()
    {
        Assert.NotEqual(0, Lease.Token);
        Assert.Null(Lease.Holder);
        Assert.Null(Lease.LastCompleted);
    }

    /// <summary>A world in which every step has something to do.</summary>
    public Sound EverythingToDo() => Desires(Desired("r1", 1)).Maps(Row(9, null));

    private Sound Desires(params DesiredContact[] crew) => Desires(shared: false, crew);

    private Sound Desires(bool shared, params DesiredContact[] crew)
    {
        Steps.Answer(SyncSteps.Resolve, new ResolvedCrew(new Guid("cccccccc-0000-0000-0000-000000000001"), "element", crew, Roles, shared, []));
        return this;
    }

    private Sound Lists(params FlexContact[] contacts)
    {
        Steps.Answer(SyncSteps.Prune, new PrunedCrew(contacts, contacts.Length, 0, [], [], []));
        return this;
    }

    private Sound Maps(params CrewRow[] rows)
    {
        Steps.Answer(SyncSteps.Reread, new CrewRows(rows));
        return this;
    }
}
