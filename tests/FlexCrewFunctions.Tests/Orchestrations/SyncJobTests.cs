using FlexCrew.Contract;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Orchestrations;
using FlexCrewFunctions.Tests.Backend;

namespace FlexCrewFunctions.Tests.Orchestrations;

public class SyncJobTests
{
    private readonly MemoryHub hub = new();

    [Fact]
    public async Task Each_department_is_an_orchestration_of_its_own_side_by_side()
    {
        var result = await RunAsync("sound", "lights", "video");

        Assert.Equal(["start SyncCrewCall me:sound", "start SyncCrewCall me:lights", "start SyncCrewCall me:video"], hub.Trace.Take(3));
        Assert.Equal(["sound", "lights", "video"], result.Summary.Keys);
        Assert.All(result.Summary.Values, summary => Assert.Null(summary.Errors));
        Assert.Equal((true, Runs.Job), (result.Ok, result.JobId));
        Assert.InRange(hub.GetUtcNow() - Start, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task One_department_runs_within_the_orchestration_of_the_request_and_under_the_same_name_as_of_several()
    {
        var result = await RunAsync("sound");

        Assert.Equal("me", Assert.Single(hub.Instances).Id);
        Assert.Null(result.Summary["sound"].Errors);
        Assert.All(hub.Activities.Steps.Calls, call => Assert.Equal("me:sound", ((IStepInput)call.Input).Run.Holder));
        Assert.Null(hub.Entities.State(Sound.Key)!.Holder);
    }

    [Fact]
    public async Task A_department_whose_orchestration_fails_keeps_the_others()
    {
        var real = hub.Orchestrators[SyncCrewCallOrchestration.Name];
        hub.Orchestrators[SyncCrewCallOrchestration.Name] = new Orchestrator<DepartmentRun, DepartmentSummary>(async context =>
            context.GetInput<DepartmentRun>()!.Department == "lights"
                ? throw new InvalidOperationException("boom")
                : (DepartmentSummary)(await real.RunAsync(context, context.GetInput<DepartmentRun>()))!);
        var result = await RunAsync("sound", "lights", "video");

        Assert.True(result.Ok);
        Assert.Equal(["The sync failed unexpectedly"], result.Summary["lights"].Errors);
        Assert.All(new[] { "sound", "video" }, department => Assert.Null(result.Summary[department].Errors));
        Assert.Equal(["sound", "video"], hub.Activities.Steps.Logged.Select(row => row.Department).Order());
    }

    [Fact]
    public async Task A_lease_that_cannot_be_given_back_fails_no_department()
    {
        hub.EntityFails = operation => operation == "Release";
        var result = await RunAsync("sound", "lights");

        Assert.All(result.Summary.Values, summary => Assert.Null(summary.Errors));
    }

    [Fact]
    public async Task Without_departments_the_summary_is_empty()
    {
        var result = (await hub.RunAsync<SyncJobResult>(
            "SyncJob", "me", new SyncJobInput(Runs.Request() with { Departments = [] }, Runs.Settings)))!;

        Assert.Empty(result.Summary);
        Assert.Empty(hub.Trace);
    }

    private DateTimeOffset Start { get; } = new MemoryHub().GetUtcNow();

    private async Task<SyncJobResult> RunAsync(params string[] departments) =>
        (await hub.RunAsync<SyncJobResult>("SyncJob", "me", new SyncJobInput(Runs.Request(departments: departments), Runs.Settings)))!;
}
