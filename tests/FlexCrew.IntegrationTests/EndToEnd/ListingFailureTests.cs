using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

public sealed class ListingFailureTests
{
    public static TheoryData<string> Kinds => [.. ReadFaults.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_listing_that_fails_changes_nothing_and_the_next_sync_makes_it_right(string kind)
    {
        await using var stage = await Stage.SetAsync(overrides:
            [("FlexCrew:FlexAttemptTimeout", "00:00:00.300"), ("FlexCrew:FlexTotalTimeout", "00:00:02")]);
        var (crewCall, crew) = await stage.AddChangedCrewAsync();
        var (rows, lines) = (await stage.RowsAsync(crewCall.Id), crewCall.Flex.Lines);
        stage.Flex.Log.Clear();
        stage.Flex.Faults.Add(FlexEndpoint.Reads, ReadFaults.All[kind]);

        var summary = await stage.SyncAsync();

        Assert.Equal(rows, await stage.RowsAsync(crewCall.Id));
        Assert.Equal(lines, crewCall.Flex.Lines);
        Assert.Equal(0, stage.Flex.Log.Count(FlexEndpoint.Writes));
        Assert.StartsWith("Flex listing failed: ", (string)Assert.Single(summary["errors"]!.AsArray())!);
        Assert.Equal((0, 0), ((int)summary["added"]!, (int)summary["removed"]!));

        await stage.Flex.Faults.ClearAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_listing_that_fails_once_fails_nothing_that_another_try_can_do(string kind)
    {
        await using var stage = await Stage.SetAsync(overrides: ("FlexCrew:FlexAttemptTimeout", "00:00:00.300"));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        await stage.SyncAsync();
        var lines = crewCall.Flex.Lines;
        stage.Flex.Faults.Add(FlexEndpoint.Reads, ReadFaults.All[kind], times: 1);

        var summary = await stage.SyncAsync();

        Assert.Equal(lines, crewCall.Flex.Lines);
        await stage.AssertCrewAsync(crewCall, crew);
        if (kind is not ("html" or "redirect")) Assert.Null(summary["errors"]);
    }

    [Fact]
    public async Task A_listing_that_shows_nobody_is_not_believed_when_another_shows_them()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        await stage.SyncAsync();
        var (rows, lines) = (await stage.RowsAsync(crewCall.Id), crewCall.Flex.Lines);
        stage.Flex.Faults.Add(FlexEndpoint.RowData, Fault.EmptyList());

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal(lines, crewCall.Flex.Lines);
        Assert.Equal(rows, await stage.RowsAsync(crewCall.Id));
        await stage.AssertCrewAsync(crewCall, crew);
    }
}
