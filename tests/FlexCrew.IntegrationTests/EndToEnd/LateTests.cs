using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>What Flex does after everybody has stopped waiting for it, or while a run looks for it.</summary>
public sealed class LateTests
{
    [Fact]
    public async Task Adds_that_come_after_the_run_are_nobody_twice_once_the_next_sync_is_through()
    {
        await using var stage = await Stage.SetAsync(overrides: ("FlexCrew:FlexAttemptTimeout", "00:00:00.200"));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(4);
        stage.Flex.Faults.Add(FlexEndpoint.AddResource, Fault.Hang().CommittedLater(TimeSpan.FromSeconds(2)));

        await stage.SyncAsync();

        await stage.Flex.Faults.ClearAsync();
        await stage.Flex.Faults.WaitForLateCommitsAsync();
        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task Lost_adds_that_cannot_be_looked_for_are_found_by_the_next_sync()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(4);
        stage.Flex.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(202, body: "{}").AfterCommit());
        stage.Flex.Faults.Add(new FaultRule { On = FlexEndpoint.Reads, Fault = Fault.Answer(500), Skip = 1 });

        var summary = await stage.SyncAsync();

        Assert.Equal(4, (int)summary["failedAdds"]!);
        Assert.Equal(4, summary["errors"]!.AsArray().Count);
        Assert.Equal(crewCall.Flex.ResourceIds.Distinct(), crewCall.Flex.ResourceIds);

        await stage.Flex.Faults.ClearAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal(
            crewCall.Flex.Contacts.Count,
            stage.Flex.Log.Requests.Count(request => request is { Endpoint: FlexEndpoint.AddResource, Committed: true }));
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task Deletions_that_cannot_be_verified_are_told_and_made_right_by_the_next_sync()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(4);
        await stage.SyncAsync();
        foreach (var (technician, _) in crew.Take(2)) await stage.UnassignAsync(technician);
        stage.Flex.Faults.Add(new FaultRule { On = FlexEndpoint.Reads, Fault = Fault.Answer(500), Skip = 1 });

        var summary = await stage.SyncAsync();

        Assert.NotEmpty(summary["errors"]!.AsArray());
        Assert.Equal(0, (int)summary["removed"]!);
        Assert.Equal(crew.Skip(2).Select(one => one.Resource).Order(), crewCall.Flex.ResourceIds.Order());

        await stage.Flex.Faults.ClearAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        await stage.AssertCrewAsync(crewCall, crew.Skip(2));
    }
}
