using FlexCrew.Tests.Sync.Fakes;
using FlexCrewFunctions.Orchestrations;
using FlexCrewFunctions.Tests.Backend;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Protobuf;

namespace FlexCrewFunctions.Tests.Orchestrations;

public class DeadHolderTests
{
    [Fact]
    public async Task Wherever_a_run_is_ended_the_next_one_finishes_within_a_minute_and_leaves_the_lease_free()
    {
        var whole = new Sound().EverythingToDo();
        var start = whole.Hub.GetUtcNow();
        await whole.RunAsync("dying");
        var hops = (whole.Hub.GetUtcNow() - start) / MemoryHub.Hop;
        Assert.InRange(hops, 7, 12);

        for (var hop = 0; hop <= hops; hop++)
        {
            var sound = new Sound().EverythingToDo();
            var dying = Runs.Sound("dying");
            sound.Hub.Start(SyncCrewCallOrchestration.Name, dying.Holder, JsonDataConverter.Default.Serialize(dying), parent: null);
            await sound.Hub.RunAsync(start + (hop * MemoryHub.Hop));
            sound.Hub.Find(
                dying.Holder)!.Completion ??= new CompleteOrchestrationAction { OrchestrationStatus = OrchestrationStatus.Terminated };

            var summary = await sound.RunAsync("next");

            Assert.Null(summary.Errors);
            Assert.Equal("succeeded", sound.Logged.Status);
            Assert.True(
                sound.Hub.GetUtcNow() - start <= TimeSpan.FromSeconds(60), $"ended after {hop} hops: {sound.Hub.GetUtcNow() - start}");
            Assert.Null(sound.Lease.Holder);
        }
    }
}
