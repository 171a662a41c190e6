using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

public sealed class DeletionTests
{
    [Theory]
    [InlineData(BulkDeleteKey.LineItemIds, BulkDeleteOther.Ignored)]
    [InlineData(BulkDeleteKey.LineItemId, BulkDeleteOther.Ignored)]
    [InlineData(BulkDeleteKey.Ids, BulkDeleteOther.Ignored)]
    [InlineData(BulkDeleteKey.None, BulkDeleteOther.Ignored)]
    [InlineData(BulkDeleteKey.LineItemIds, BulkDeleteOther.Refused)]
    [InlineData(BulkDeleteKey.LineItemId, BulkDeleteOther.Refused)]
    [InlineData(BulkDeleteKey.Ids, BulkDeleteOther.Refused)]
    [InlineData(BulkDeleteKey.None, BulkDeleteOther.Refused)]
    public async Task Whatever_key_the_bulk_delete_understands_those_who_left_are_gone(BulkDeleteKey key, BulkDeleteOther others)
    {
        await using var stage = await Stage.SetAsync();
        (stage.Flex.Behaviour.BulkDeleteKey, stage.Flex.Behaviour.BulkDeleteOtherKeys) = (key, others);
        var (crewCall, crew) = await SettledAsync(stage);

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal(3, (int)summary["removed"]!);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task A_bulk_delete_that_confirms_and_deletes_nothing_is_not_believed()
    {
        await using var stage = await Stage.SetAsync();
        var (crewCall, crew) = await SettledAsync(stage);
        var (rows, lines) = (await stage.RowsAsync(crewCall.Id), crewCall.Flex.Lines);
        var bulk = stage.Flex.Faults.Add(FlexEndpoint.BulkDelete, Fault.Answer(200, body: "{}"));
        stage.Flex.Faults.Add(FlexEndpoint.Delete, Fault.Answer(400));

        var summary = await stage.SyncAsync();

        Assert.True(bulk.Played > 0);
        Assert.Equal(3, summary["errors"]!.AsArray().Count);
        Assert.Equal(0, (int)summary["removed"]!);
        Assert.Equal(lines, crewCall.Flex.Lines);
        Assert.Equal(rows, await stage.RowsAsync(crewCall.Id));

        await stage.Flex.Faults.ClearAsync();
        summary = await stage.SyncAsync();

        Assert.Equal(3, (int)summary["removed"]!);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task A_single_delete_that_confirms_and_deletes_nothing_is_not_believed()
    {
        await using var stage = await Stage.SetAsync();
        var (crewCall, crew) = await SettledAsync(stage, leaving: 1);
        var (rows, lines) = (await stage.RowsAsync(crewCall.Id), crewCall.Flex.Lines);
        stage.Flex.Faults.Add(FlexEndpoint.Delete, Fault.Answer(200, body: "{}"));

        var summary = await stage.SyncAsync();

        Assert.Single(summary["errors"]!.AsArray());
        Assert.Equal(0, (int)summary["removed"]!);
        Assert.Equal(lines, crewCall.Flex.Lines);
        Assert.Equal(rows, await stage.RowsAsync(crewCall.Id));

        await stage.Flex.Faults.ClearAsync();
        summary = await stage.SyncAsync();

        Assert.Equal(1, (int)summary["removed"]!);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task A_delete_that_says_404_has_done_its_work()
    {
        await using var stage = await Stage.SetAsync();
        var (crewCall, crew) = await SettledAsync(stage, leaving: 1);
        stage.Flex.Faults.Add(FlexEndpoint.Delete, Fault.Answer(404).AfterCommit());

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal(1, (int)summary["removed"]!);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task A_delete_that_fails_keeps_the_row_and_is_told()
    {
        await using var stage = await Stage.SetAsync();
        var (crewCall, crew) = await SettledAsync(stage, leaving: 1);
        var (rows, lines) = (await stage.RowsAsync(crewCall.Id), crewCall.Flex.Lines);
        stage.Flex.Faults.Add(FlexEndpoint.Delete, Fault.Answer(500));

        var summary = await stage.SyncAsync();

        Assert.StartsWith("Removal failed for line item ", (string)Assert.Single(summary["errors"]!.AsArray())!);
        Assert.Equal((0, 1), ((int)summary["removed"]!, (int)summary["planned_delete_count"]!));
        Assert.Equal(lines, crewCall.Flex.Lines);
        Assert.Equal(rows, await stage.RowsAsync(crewCall.Id));

        await stage.Flex.Faults.ClearAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        await stage.SyncAsync();

        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task A_delete_whose_answer_is_lost_counts_as_removed()
    {
        await using var stage = await Stage.SetAsync();
        var (crewCall, crew) = await SettledAsync(stage, leaving: 1);
        stage.Flex.Faults.Add(FlexEndpoint.Delete, Fault.Reset().AfterCommit(), times: 1);

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal(1, (int)summary["removed"]!);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    private static async Task<((Guid Id, CrewCall Flex) CrewCall, IReadOnlyList<(Guid Id, string Resource)> Staying)> SettledAsync(
        Stage stage, int leaving = 3)
    {
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(5);
        await stage.SyncAsync();
        foreach (var (technician, _) in crew.Take(leaving)) await stage.UnassignAsync(technician);
        return (crewCall, [.. crew.Skip(leaving)]);
    }
}
