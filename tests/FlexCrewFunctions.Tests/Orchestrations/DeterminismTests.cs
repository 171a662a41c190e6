using FlexCrew;
using FlexCrew.Contract;
using FlexCrew.Locking;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Activities;
using FlexCrewFunctions.Orchestrations;
using FlexCrewFunctions.Tests.Backend;

namespace FlexCrewFunctions.Tests.Orchestrations;

public class DeterminismTests
{
    private static readonly Failure Outage = new(FailureKind.FlexUnavailable, "Flex is down", Retryable: true, Status: 503);

    [Fact]
    public async Task A_history_that_is_replayed_gives_the_same_actions()
    {
        AssertReplays(await RanAsync(new Sound().NothingToDo()), turns: 4);
        AssertReplays(await RanAsync(new Sound().TenToAdd()), turns: 23);
        AssertReplays(await RanAsync(new Sound().OneToPrune()), turns: 5);
        AssertReplays(await RanAsync(new Sound().EverythingToDo()), turns: 8);
        AssertReplays(await RanAsync(new Sound().OneToAddOnceAnotherRunHasLeftTheElement()), turns: 9);
        AssertReplays(await RanAsync(new Sound().NoMapping()), turns: 4);
    }

    [Theory]
    [InlineData("ResolveCrew")]
    [InlineData("AddContact")]
    [InlineData("RemoveLeftovers")]
    [InlineData("RecordRun")]
    public async Task So_does_one_with_retries_in_it(string step)
    {
        AssertReplays(await RanAsync(new Sound().EverythingToDo().Breaks(step, times: 1)), turns: 9);
        AssertReplays(await RanAsync(new Sound().EverythingToDo().Breaks(step, times: 2, Outage)), turns: 10);
    }

    [Fact]
    public async Task So_does_one_that_waited_for_its_lease()
    {
        var sound = new Sound().NothingToDo();
        await sound.HeldByAsync("other");

        AssertReplays(await RanAsync(sound), turns: 15);
    }

    [Fact]
    public async Task So_does_a_job_of_several_departments()
    {
        var hub = new MemoryHub();
        await hub.RunAsync<SyncJobResult>(
            "SyncJob", "me", new SyncJobInput(Runs.Request(departments: ["sound", "lights", "video"]), Runs.Settings));

        AssertReplays(hub, turns: 4);
    }

    [Fact]
    public async Task An_orchestrator_that_does_otherwise_when_it_is_replayed_is_found_out()
    {
        var runs = 0;
        var hub = new MemoryHub();
        hub.Orchestrators[SyncCrewCallOrchestration.Name] = new Orchestrator<DepartmentRun, DepartmentSummary>(async context =>
        {
#pragma warning disable DURABLE2003 // The activity is in the app.
            if (runs++ == 0) await context.CallActivityAsync<HolderState>(HolderStateActivity.Name, "somebody");
#pragma warning restore DURABLE2003
            else await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
            return new DepartmentSummary();
        });

        var found = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            hub.RunAsync<DepartmentSummary>(SyncCrewCallOrchestration.Name, "me:sound", Runs.Sound()));
        Assert.Contains("Non-Deterministic", found.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<MemoryHub> RanAsync(Sound sound)
    {
        await sound.RunAsync();
        return sound.Hub;
    }

    private static void AssertReplays(MemoryHub hub, int turns) => Assert.All(hub.Instances, instance =>
    {
        Assert.True(instance.Parent is not null || instance.Turns >= turns, $"{instance.Id} ran {instance.Turns} times only");
        Assert.All(instance.Replay(), turn => Assert.Equal(turn.Then, turn.Now));
    });
}
