using FlexCrew.Contract;
using FlexCrew.Sync;
using FlexCrew.Tests.Sync.Fakes;

namespace FlexCrew.Tests.Sync;

public class SyncJobFlowTests
{
    [Fact]
    public async Task Departments_run_side_by_side_and_answer_in_the_order_of_the_request()
    {
        var lights = new TaskCompletionSource<DepartmentSummary>();
        var running =
            RunAsync(
                department =>
                    department.Department == "lights" ? lights.Task : Task.FromResult(new DepartmentSummary { Added = 1 }), "lights",
                    "sound");
        lights.SetResult(new DepartmentSummary { Added = 2 });

        var result = await running;

        Assert.Equal([("lights", 2), ("sound", 1)], result.Summary.Select(pair => (pair.Key, pair.Value.Added!.Value)));
        Assert.Equal((true, Runs.Job), (result.Ok, result.JobId));
    }

    [Fact]
    public async Task A_department_that_throws_does_not_fail_the_others_and_tells_nothing_of_the_inside()
    {
        var result = await RunAsync(
            department =>
                department.Department == "lights"
                    ? throw new InvalidOperationException("secret") : Task.FromResult(new DepartmentSummary { Added = 1 }),
            "lights", "sound");

        Assert.Equal(["The sync failed unexpectedly"], result.Summary["lights"].Errors);
        Assert.Equal(1, result.Summary["sound"].Added);
    }

    [Fact]
    public async Task No_department_is_an_empty_summary() =>
        Assert.Empty(
            (await SyncJobFlow.RunAsync(
                Runs.Request() with { Departments = [] }, Runs.Settings, _ => throw new InvalidOperationException())).Summary);

    [Fact]
    public async Task Each_department_has_a_holder_of_its_own()
    {
        var holders = new List<string>();
        await RunAsync(department =>
        {
            holders.Add(department.Holder);
            return Task.FromResult(new DepartmentSummary());
        }, "lights", "sound");

        Assert.Equal(["me:lights", "me:sound"], holders.Order());
    }

    private static Task<SyncJobResult> RunAsync(Func<DepartmentRun, Task<DepartmentSummary>> department, params string[] departments) =>
        SyncJobFlow.RunAsync(Runs.Request("me", departments: departments), Runs.Settings, department);
}
