using System.Text;
using FlexCrew.Contract;
using FlexCrew.Sync;
using FlexCrew.Tests;
using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Orchestrations;
using Microsoft.DurableTask.Converters;

namespace FlexCrewFunctions.Tests.Orchestrations;

public class ActivityOrderTests
{
    [Fact]
    public async Task What_an_orchestration_asks_for_in_each_scenario_is_on_record()
    {
        var record = new StringBuilder();
        await ShowAsync("nothing to do", new Sound().NothingToDo());
        await ShowAsync("one to add, with a business role", new Sound().OneToAdd());
        await ShowAsync("one whose business role is empty", new Sound().OneWithoutRole());
        await ShowAsync("one to prune", new Sound().OneToPrune());
        await ShowAsync("one row to remove", new Sound().OneToRemove());
        await ShowAsync("no crew call mapping", new Sound().NoMapping());
        await ShowAsync("ten to add", new Sound().TenToAdd());

        await ShowAsync("stale rows, and something for every step", new Sound().EverythingToDo());
        await ShowAsync("another run writes to the element", new Sound().OneToAddOnceAnotherRunHasLeftTheElement());

        var refused = new Sound();
        refused.Steps.Fail(SyncSteps.Resolve, new FlexCrew.Failure(FlexCrew.FailureKind.FlexToken, "The token has expired", Status: 403));
        await ShowAsync("the listing is refused", refused);

        var busy = new Sound().NothingToDo();
        await busy.HeldByAsync("other");
        busy.Hub.After(TimeSpan.FromSeconds(2), () => busy.GiveBackAsync("other"));
        await ShowAsync("the lease is busy for two seconds", busy);

        Snapshot.AssertIs("tests/FlexCrewFunctions.Tests/Orchestrations/activity-order.snapshot.txt", record.ToString());

        async Task ShowAsync(string scenario, Sound sound)
        {
            await sound.RunAsync();
            record.Append($"{scenario}\n");
            foreach (var line in sound.Hub.Trace) record.Append($"  {line}\n");
        }
    }

    [Fact]
    public async Task The_last_stage_that_a_run_shows_is_its_end()
    {
        var sound = new Sound().OneToAdd();
        await sound.RunAsync();

        var status = JsonDataConverter.Default.Deserialize<RunStatusBody>(sound.Hub.Find("me:sound")?.CustomStatus);
        Assert.Equal(new SyncProgress("done"), status?.Progress["sound"]);
    }

    [Fact]
    public async Task Never_are_more_adds_under_way_than_Flex_may_be_asked_at_once()
    {
        var sound = new Sound().TenToAdd();
        await sound.RunAsync(Runs.Sound(settings: Runs.Settings with { MaxConcurrentAdds = 4 }));

        var began = sound.Hub.Trace.TakeWhile(line => line != "SetBusinessRole").Count(line => line == "AddContact");
        Assert.Equal((4, 10), (began, sound.Tries("AddContact")));
    }
}
