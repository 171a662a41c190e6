using System.Net;

namespace FlexCrew.IntegrationTests.EndToEnd;

public sealed class StopTests
{
    [Fact]
    public async Task A_clean_stop_lets_a_running_sync_finish()
    {
        await using var stage = await Stage.SetAsync();
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(50);
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(12);
        using var accepted = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound" } }, prefer: "respond-async");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

        await stage.Host.StopAsync();

        await stage.AssertCrewAsync(crewCall, crew);
    }
}
