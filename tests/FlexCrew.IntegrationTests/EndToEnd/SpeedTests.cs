using System.Diagnostics;
using Xunit.Abstractions;

namespace FlexCrew.IntegrationTests.EndToEnd;

[Collection(Alone.Name)]
public sealed class SpeedTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_usual_click_with_two_changes_at_150_ms_takes_at_most_a_second()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(8);
        await stage.SyncAsync();
        await stage.RunsEndedAsync();
        await stage.UnassignAsync(crew[0].Id);
        var newcomer = await stage.AssignAsync();
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(150);

        var watch = Stopwatch.StartNew();
        var summary = await stage.SyncAsync();
        watch.Stop();

        output.WriteLine($"took {watch.ElapsedMilliseconds} ms, {summary["duration_ms"]} ms by its own account");
        Assert.Equal((1, 1), ((int)summary["added"]!, (int)summary["removed"]!));
        await stage.AssertCrewAsync(crewCall, [.. crew.Skip(1), newcomer]);
        Assert.True(watch.ElapsedMilliseconds <= 1000, $"took {watch.ElapsedMilliseconds} ms");
    }
}
