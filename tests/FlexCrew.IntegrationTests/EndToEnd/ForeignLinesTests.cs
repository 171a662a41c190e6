using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

public sealed class ForeignLinesTests
{
    [Fact]
    public async Task Duplicates_are_pruned_to_the_one_that_the_table_maps()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);
        await stage.SyncAsync();
        var mapped = crewCall.Flex.Contacts;
        for (var i = 0; i < 3; i++) crewCall.Flex.AddContact(crew[0].Resource);

        var summary = await stage.SyncAsync();

        Assert.Equal(3, (int)summary["removed"]!);
        Assert.Equal(mapped, crewCall.Flex.Contacts);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task A_duplicate_that_the_table_does_not_map_stays_until_a_sync_that_prunes()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);
        await stage.SyncAsync();
        var twin = crewCall.Flex.AddContact(crew[0].Resource);

        await stage.SyncAsync(pruneOrphans: false);

        Assert.Contains(twin, crewCall.Flex.Contacts);
        Assert.Equal(2, (await stage.RowsAsync(crewCall.Id)).Count);

        await stage.SyncAsync();

        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task Lines_that_are_no_contacts_are_never_deleted()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var note = crewCall.Flex.AddNote("Doors at eight");
        var header = crewCall.Flex.AddHeader("Sound");
        var model = crewCall.Flex.Add(new FlexLine("", "", LineTypes.InventoryModel, Guid.NewGuid().ToString()));
        crewCall.Flex.AddContact(Guid.NewGuid().ToString());
        var crew = await stage.AssignManyAsync(2);

        var summary = await stage.SyncAsync();

        Assert.Equal(1, (int)summary["removed"]!);
        Assert.Equal([note, header, model], crewCall.Flex.Lines.Where(line => !line.IsContact));
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Theory]
    [InlineData(NestedUnder.Children)]
    [InlineData(NestedUnder.Items)]
    [InlineData(NestedUnder.Content)]
    [InlineData(NestedUnder.Data)]
    [InlineData(NestedUnder.DataChildren)]
    public async Task Contacts_that_are_nested_under_a_header_count(NestedUnder key)
    {
        await using var stage = await Stage.SetAsync();
        stage.Flex.Behaviour.RowData = stage.Flex.Behaviour.RowData with { NestedUnder = key };
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        var header = crewCall.Flex.AddHeader("Sound");
        var nested = crewCall.Flex.AddContact(crew[0].Resource, parentId: header.Id);
        crewCall.Flex.AddContact(Guid.NewGuid().ToString(), parentId: header.Id);

        var summary = await stage.SyncAsync();

        Assert.Equal(1, (int)summary["removed"]!);
        Assert.Equal(2, stage.Flex.Log.Count(FlexEndpoint.AddResource));
        Assert.NotNull(stage.Flex.World.FindLine(nested.Id));
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task Contacts_that_others_placed_stay_when_orphans_are_not_to_be_pruned()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        await stage.SyncAsync();
        var foreign = crewCall.Flex.AddContact(Guid.NewGuid().ToString());
        await stage.UnassignAsync(crew[0].Id);

        var summary = await stage.SyncAsync(pruneOrphans: false);

        Assert.Equal(1, (int)summary["removed"]!);
        Assert.Equal(
            new[] { crew[1].Resource, crew[2].Resource, foreign.ResourceId! }.Order(), crewCall.Flex.ResourceIds.Order());

        await stage.SyncAsync();

        await stage.AssertCrewAsync(crewCall, crew.Skip(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_contact_that_was_placed_by_hand_and_adopted_goes_only_where_orphans_are_pruned(bool prune)
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var (technician, resource) = await stage.AssignAsync();
        var byHand = crewCall.Flex.AddContact(resource, businessRole: Guid.NewGuid().ToString());
        await stage.SyncAsync(pruneOrphans: false);
        await stage.UnassignAsync(technician);

        var summary = await stage.SyncAsync(pruneOrphans: prune);

        Assert.Equal(1, (int)summary["removed"]!);
        Assert.Equal(prune ? [] : [byHand], crewCall.Flex.Contacts);
        Assert.Empty(await stage.RowsAsync(crewCall.Id));
        Assert.Equal(0, (int)(await stage.SyncAsync(pruneOrphans: false))["removed"]!);
        Assert.Equal(prune ? [] : [byHand], crewCall.Flex.Contacts);
    }

    [Fact]
    public async Task A_contact_that_was_placed_by_hand_is_adopted_with_the_role_it_has()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var technician = await stage.AssignAsync();
        var byHand = crewCall.Flex.AddContact(technician.Resource, businessRole: Guid.NewGuid().ToString());

        await stage.SyncAsync();

        Assert.Equal(byHand, Assert.Single(crewCall.Flex.Contacts));
        Assert.Equal(0, stage.Flex.Log.Count(FlexEndpoint.Writes));
        await stage.AssertCrewAsync(crewCall, [technician]);
    }
}
