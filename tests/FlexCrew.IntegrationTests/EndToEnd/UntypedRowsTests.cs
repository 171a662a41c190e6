using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>Listings whose rows do not say of which type they are, and listings that go on showing what was deleted.</summary>
public sealed class UntypedRowsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Equipment_without_a_type_is_never_deleted_and_counts_as_nobody(bool prune)
    {
        await using var stage = await Stage.SetAsync();
        foreach (var shape in Shapes(stage)) (shape.TypeAt, shape.DocumentKeys) = (TypeAt.Absent, true);
        var crewCall = await stage.AddCrewCallAsync();
        var note = crewCall.Flex.AddNote("Doors at eight");
        var header = crewCall.Flex.AddHeader("Sound");
        var desk = crewCall.Flex.Add(Equipment(header.Id) with { Serial = "SN-4711", Barcode = "0017" });
        var stand = crewCall.Flex.Add(Equipment(parentId: null) with { Barcode = "0018" });
        var foreign = crewCall.Flex.AddContact(Guid.NewGuid().ToString(), parentId: header.Id);
        var crew = await stage.AssignManyAsync(3);
        await stage.SyncAsync(pruneOrphans: prune);
        await stage.UnassignAsync(crew[0].Id);

        var summary = await stage.SyncAsync(pruneOrphans: prune);

        Assert.Null(summary["errors"]);
        Assert.Equal(1, (int)summary["removed"]!);
        Assert.Equal([note, header, desk, stand], crewCall.Flex.Lines.Where(line => !line.IsContact));
        Assert.Equal(prune, stage.Flex.World.FindLine(foreign.Id) is null);
        if (!prune) stage.Flex.World.RemoveLine(foreign.Id);
        await stage.AssertCrewAsync(crewCall, crew.Skip(1));
        await AssertSettledAsync(stage);
    }

    [Fact]
    public async Task The_class_of_a_resource_tells_equipment_from_people()
    {
        await using var stage = await Stage.SetAsync();
        foreach (var shape in Shapes(stage)) (shape.TypeAt, shape.ResourceClassName) = (TypeAt.Absent, true);
        var crewCall = await stage.AddCrewCallAsync();
        var cable = crewCall.Flex.Add(Equipment(parentId: null));
        var crew = await stage.AssignManyAsync(2);

        var summary = await stage.SyncAsync();

        Assert.Equal((2, 0), ((int)summary["added"]!, (int)summary["removed"]!));
        Assert.NotNull(stage.Flex.World.FindLine(cable.Id));
        await stage.AssertCrewAsync(crewCall, crew);
        await AssertSettledAsync(stage);
    }

    [Fact]
    public async Task A_contact_that_is_listed_as_deleted_is_gone_and_comes_back_when_somebody_deleted_it_by_mistake()
    {
        await using var stage = await Stage.SetAsync();
        stage.Flex.Behaviour.DeletedLines = DeletedLines.Marked;
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(4);
        await stage.SyncAsync();
        await stage.UnassignAsync(crew[0].Id);
        await stage.UnassignAsync(crew[1].Id);
        Assert.Equal(2, (int)(await stage.SyncAsync())["removed"]!);
        await stage.AssertCrewAsync(crewCall, crew.Skip(2));
        await AssertSettledAsync(stage);
        stage.Flex.World.MarkDeleted(crewCall.Flex.Contacts[0].Id);

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal(1, (int)summary["added"]!);
        await stage.AssertCrewAsync(crewCall, crew.Skip(2));
        await AssertSettledAsync(stage);
    }

    private static async Task AssertSettledAsync(Stage stage)
    {
        stage.Flex.Log.Clear();
        Assert.Null((await stage.SyncAsync())["errors"]);
        Assert.Equal(0, stage.Flex.Log.Count(FlexEndpoint.Writes));
    }

    private static FlexLine Equipment(string? parentId) =>
        new("", "", LineTypes.InventoryModel, Guid.NewGuid().ToString(), ParentId: parentId);

    private static IEnumerable<ListingShape> Shapes(Stage stage) =>
        [stage.Flex.Behaviour.RowData, stage.Flex.Behaviour.LineItems, stage.Flex.Behaviour.Children, stage.Flex.Behaviour.Single];
}
