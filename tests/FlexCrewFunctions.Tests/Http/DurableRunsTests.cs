using FlexCrew.Contract;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Http;
using FlexCrewFunctions.Orchestrations;
using FlexCrewFunctions.Tests.Backend;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Moq;

namespace FlexCrewFunctions.Tests.Http;

public class DurableRunsTests
{
    private readonly Mock<DurableTaskClient> client = new(MockBehavior.Strict, "test");
    private readonly MemoryHub hub = new();
    private readonly HubClient clock;

    public DurableRunsTests() => clock = new HubClient(hub);

    public static TheoryData<OrchestrationRuntimeStatus> Statuses => [.. Enum.GetValues<OrchestrationRuntimeStatus>()];

    [Theory, MemberData(nameof(Statuses))]
    public async Task Every_runtime_status_is_told_by_the_name_that_Durable_gives_it(OrchestrationRuntimeStatus status)
    {
        Knows(Instance("me") with { Status = status });
        var run = await Find("me");

        Assert.Equal(status.ToString(), run?.RuntimeStatus);
        Assert.Equal(status.ToString() is "Completed" or "Failed" or "Terminated" or "Canceled", run?.IsEnded);
        Assert.Equal(status == OrchestrationRuntimeStatus.Completed, run?.Output is not null);
    }

    [Fact]
    public async Task A_run_is_told_as_Durable_stores_it()
    {
        Knows(Instance("me") with { Status = OrchestrationRuntimeStatus.Completed });
        var run = await Find("me");

        Assert.Equal(("SyncJob", "me", "caller"), (run?.Name, run?.InstanceId, run?.TriggeredBy));
        Assert.Equal((Created, Created.AddSeconds(2)), (run?.CreatedTime, run?.LastUpdatedTime));
        Assert.Equal(7, run?.Output?.Summary["sound"].Kept);
    }

    [Fact]
    public async Task The_progress_of_a_run_is_that_of_its_departments()
    {
        Knows(Instance("me", "sound", "lights", "video"),
            Instance("me:sound") with { Name = "SyncCrewCall", Shown = Shows("sound", new SyncProgress("adding", 3, 8)) },
            Instance("me:lights") with { Name = "SyncCrewCall" });
        var run = await Find("me");

        Assert.Equal([KeyValuePair.Create("sound", new SyncProgress("adding", 3, 8))], run?.CustomStatus);
    }

    [Fact]
    public async Task The_progress_of_a_run_of_one_department_is_its_own()
    {
        Knows(Instance("me") with { Shown = Shows("sound", new SyncProgress("adding", 3, 8)) });
        var run = await Find("me");

        Assert.Equal([KeyValuePair.Create("sound", new SyncProgress("adding", 3, 8))], run?.CustomStatus);
        Assert.Equal(("Running", null), (run?.RuntimeStatus, run?.Output));
    }

    /// <summary>Its log row may still have to be written: nobody has to wait for that.</summary>
    [Fact]
    public async Task A_run_whose_departments_are_all_settled_has_its_result_although_it_still_runs()
    {
        var settled = new DepartmentSummary { Added = 3 };
        var sound = Instance("me:sound") with { Name = "SyncCrewCall", Shown = Shows("sound", new SyncProgress("done"), settled) };
        Knows(Instance("me", "sound", "lights"), sound, Instance("me:lights") with { Name = "SyncCrewCall" });
        Assert.False((await Find("me"))?.IsEnded);

        Knows(Instance("me", "sound", "lights"), sound,
            Instance(
                "me:lights") with
            { Name = "SyncCrewCall", Shown = Shows("lights", new SyncProgress("done"), settled with { Added = 4 }) });
        var run = await Find("me");
        Assert.Equal("Completed", run?.RuntimeStatus);
        Assert.Equal([("sound", 3), ("lights", 4)], run?.Output?.Summary.Select(pair => (pair.Key, pair.Value.Added!.Value)));
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Failed), InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task A_run_that_was_ended_has_no_result_although_it_had_settled(OrchestrationRuntimeStatus status)
    {
        Knows(Instance(
            "me") with
        { Status = status, Shown = Shows("sound", new SyncProgress("done"), new DepartmentSummary { Added = 3 }) });
        var run = await Find("me");

        Assert.Equal((status.ToString(), null), (run?.RuntimeStatus, run?.Output));
    }

    [Theory]
    [InlineData("SyncCrewCall")]
    [InlineData("Anything")]
    public async Task What_is_no_run_is_unknown(string name)
    {
        Knows(Instance("me") with { Name = name });

        Assert.Null(await Find("me"));
        Assert.Null(await Find("nobody"));
    }

    [Fact]
    public async Task A_result_that_comes_in_time_is_waited_for()
    {
        var runs = OnHub();
        Assert.True(await runs.StartAsync(Runs.Request(), CancellationToken.None));
        var run = await runs.WaitAsync("me", TimeSpan.FromSeconds(100), CancellationToken.None);

        Assert.True(run?.IsEnded);
        Assert.Equal(0, run?.Output?.Summary["sound"].Added);
        Assert.Equal(1, clock.Timers);
    }

    [Fact]
    public async Task A_result_that_another_process_makes_is_seen_by_the_status()
    {
        var runs = new DurableRuns(clock.Client, Runs.Settings, new SettledRuns(), clock);
        await runs.StartAsync(Runs.Request(), CancellationToken.None);
        var run = await runs.WaitAsync("me", TimeSpan.FromSeconds(100), CancellationToken.None);

        Assert.Equal(0, run?.Output?.Summary["sound"].Added);
        Assert.InRange(hub.GetUtcNow() - Created, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
    }

    /// <summary>A log that cannot be written keeps the orchestration for up to a day, and the caller not at all.</summary>
    [Fact]
    public async Task A_result_is_answered_before_it_is_recorded()
    {
        hub.Activities.Break("RecordRun", times: 100, failure: null);
        var runs = OnHub();
        await runs.StartAsync(Runs.Request(), CancellationToken.None);
        var run = await runs.WaitAsync("me", TimeSpan.FromSeconds(100), CancellationToken.None);
        await clock.StopAsync();

        Assert.Equal(("Completed", 0), (run?.RuntimeStatus, run?.Output?.Summary["sound"].Added));
        Assert.Null(hub.Find("me")?.Completion);
        Assert.InRange(hub.GetUtcNow() - Created, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_result_that_does_not_come_in_time_is_given_up_in_time()
    {
        await hub.Entities.CallAsync<object>(new(Runs.Job, "sound"), "TryAcquire", new FlexCrew.Locking.LeaseRequest("other", true));
        var runs = OnHub();
        await runs.StartAsync(Runs.Request(), CancellationToken.None);
        var run = await runs.WaitAsync("me", TimeSpan.FromSeconds(7), CancellationToken.None);

        Assert.Equal("Running", run?.RuntimeStatus);
        Assert.Equal("waiting for lease", run?.CustomStatus?["sound"].Stage);
        Assert.InRange(hub.GetUtcNow() - Created, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7.001));
    }

    [Fact]
    public async Task Nobody_waits_for_a_run_that_is_unknown()
    {
        Assert.Null(await OnHub().WaitAsync("nobody", TimeSpan.FromSeconds(100), CancellationToken.None));
        Assert.Equal(Created, hub.GetUtcNow());
    }

    [Fact]
    public async Task Who_no_longer_waits_does_not_end_the_run()
    {
        var runs = OnHub();
        await runs.StartAsync(Runs.Request(), CancellationToken.None);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runs.WaitAsync("me", TimeSpan.FromSeconds(100), gone.Token));
        await clock.StopAsync();
        await hub.RunAsync();
        Assert.True((await runs.FindAsync("me", CancellationToken.None))?.IsEnded);
    }

    private static DateTimeOffset Created { get; } = new MemoryHub().GetUtcNow();

    private static Known Instance(string id, params string[] departments) => new(id, departments);

    private static RunStatusBody Shows(string department, SyncProgress progress, DepartmentSummary? settled = null) => new(
        new Dictionary<string, SyncProgress> { [department] = progress },
        settled is null ? new Dictionary<string, DepartmentSummary>() : new() { [department] = settled });

    private DurableRuns OnHub() => new(clock.Client, Runs.Settings, hub.Settled, clock);

    private Task<SyncRun?> Find(string id) =>
        new DurableRuns(client.Object, Runs.Settings, new SettledRuns(), TimeProvider.System).FindAsync(id, CancellationToken.None);

    private void Knows(params Known[] known) =>
        client.Setup(c => c.GetInstanceAsync(It.IsAny<string>(), true, It.IsAny<CancellationToken>()))
            .ReturnsAsync((string id, bool _, CancellationToken _) => known.FirstOrDefault(instance => instance.Id == id)?.Metadata);

    private sealed record Known(string Id, string[] Departments)
    {
        public string Name { get; init; } = "SyncJob";

        public OrchestrationRuntimeStatus Status { get; init; } = OrchestrationRuntimeStatus.Running;

        public RunStatusBody? Shown { get; init; }

        public OrchestrationMetadata Metadata => new(Name, Id)
        {
            RuntimeStatus = Status,
            CreatedAt = Created,
            LastUpdatedAt = Created.AddSeconds(2),
            DataConverter = JsonDataConverter.Default,
            SerializedInput =
                JsonDataConverter.Default.Serialize(new SyncJobInput(Runs.Request(Id, departments: Departments), Runs.Settings)),
            SerializedOutput = JsonDataConverter.Default.Serialize(new SyncJobResult(
                true, Runs.Job, new Dictionary<string, DepartmentSummary> { ["sound"] = new() { Kept = 7 } })),
            SerializedCustomStatus = JsonDataConverter.Default.Serialize(Shown),
        };
    }
}
