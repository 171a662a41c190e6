using System.Text.Json;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>
/// A listing that says that it is one page of several is followed to its end, or is an error; it is never the whole crew.
/// </summary>
public sealed class PartialListingTests
{
    public static TheoryData<ListEnvelope> Envelopes => [.. Enum.GetValues<ListEnvelope>()];

    [Theory]
    [InlineData("""{ "content": [ROWS], "totalElements": 3, "totalPages": 3, "last": false, "number": 0, "size": 1 }""")]
    [InlineData("""{ "items": [ROWS], "total": 3, "hasMore": true }""")]
    [InlineData("""{ "data": { "items": [ROWS], "totalCount": 3 } }""")]
    [InlineData("""[{ "id": "h", "type": "header", "children": [ROWS], "totalCount": 3 }]""")]
    public async Task A_listing_that_says_that_it_is_a_part_is_not_believed(string page)
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        await stage.SyncAsync();
        var first = crewCall.Flex.Contacts[0];
        var rows = JsonSerializer.Serialize(new { id = first.Id, resourceId = first.ResourceId, managedResourceLineItemType = "contact" });
        stage.Flex.Faults.Add(FlexEndpoint.Reads, Fault.Answer(200, body: page.Replace("ROWS", rows)));
        stage.Flex.Log.Clear();

        var summary = await stage.SyncAsync();

        Assert.StartsWith("Flex listing failed: Flex listed ", (string)Assert.Single(summary["errors"]!.AsArray())!);
        Assert.Equal(0, stage.Flex.Log.Count(FlexEndpoint.Writes));
        Assert.InRange(stage.Flex.Log.Requests.Count, 1, 16);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Theory]
    [InlineData(PageWords.Spring)]
    [InlineData(PageWords.SpringPage)]
    [InlineData(PageWords.SpringSlice)]
    public async Task A_crew_of_45_that_is_listed_in_pages_of_ten_is_settled_after_one_sync(PageWords words)
    {
        await using var stage = await Stage.SetAsync();
        stage.Flex.Behaviour.RowData = stage.Flex.Behaviour.RowData with { Paging = new() { Size = 10, Words = words } };
        var crewCall = await stage.AddCrewCallAsync();
        crewCall.Flex.AddNote("Doors at eight");
        var crew = await stage.AssignManyAsync(45);
        Assert.Equal(45, (int)(await stage.SyncAsync())["added"]!);
        var (rows, lines) = (await stage.RowsAsync(crewCall.Id), crewCall.Flex.Lines);
        stage.Flex.Log.Clear();

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal((0, 0, 45), ((int)summary["added"]!, (int)summary["removed"]!, (int)summary["kept"]!));
        Assert.Equal(0, stage.Flex.Log.Count(FlexEndpoint.Writes));
        Assert.Equal(5, stage.Flex.Log.Count(FlexEndpoint.RowData));
        Assert.Equal(5, (await stage.LogAsync())[^1].FlexRequests);
        Assert.Equal(rows, await stage.RowsAsync(crewCall.Id));
        Assert.Equal(lines, crewCall.Flex.Lines);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Theory]
    [MemberData(nameof(Envelopes))]
    public async Task Pages_are_followed_in_every_envelope_that_Flex_is_known_to_use(ListEnvelope envelope)
    {
        await using var stage = await Stage.SetAsync();
        stage.Flex.Behaviour.RowData = stage.Flex.Behaviour.RowData with { Envelope = envelope, Paging = new() { Size = 3 } };
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(7);
        await stage.SyncAsync();
        await stage.UnassignAsync(crew[^1].Id);
        crewCall.Flex.AddContact(Guid.NewGuid().ToString());

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal(2, (int)summary["removed"]!);
        Assert.Equal(0, stage.Flex.Log.Count(FlexEndpoint.LineItems));
        await stage.AssertCrewAsync(crewCall, crew.SkipLast(1));
    }

    [Theory]
    [InlineData(PageWords.Total)]
    [InlineData(PageWords.TotalCount)]
    [InlineData(PageWords.HasMore)]
    public async Task Where_one_listing_is_only_a_part_the_next_one_is_asked(PageWords words)
    {
        await using var stage = await Stage.SetAsync();
        stage.Flex.Behaviour.RowData = stage.Flex.Behaviour.RowData with { Paging = new() { Size = 2, Words = words } };
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(5);
        await stage.SyncAsync();
        stage.Flex.Log.Clear();

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal((0, 2), (stage.Flex.Log.Count(FlexEndpoint.Writes), stage.Flex.Log.Requests.Count));
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task Pages_that_repeat_the_first_one_are_an_error_after_two_requests_each()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(5);
        await stage.SyncAsync();
        foreach (var shape in Shapes(stage.Flex.Behaviour)) shape.Paging = new() { Size = 2, CanBeFollowed = false };
        stage.Flex.Log.Clear();

        var summary = await stage.SyncAsync();

        Assert.Equal(
            "Flex listing failed: Flex listed another page than the one it was asked for",
            (string)Assert.Single(summary["errors"]!.AsArray())!);
        Assert.Equal(0, stage.Flex.Log.Count(FlexEndpoint.Writes));
        Assert.All([FlexEndpoint.RowData, FlexEndpoint.LineItems, FlexEndpoint.Children, FlexEndpoint.Single], listing =>
            Assert.Equal(2, stage.Flex.Log.Count(listing)));
        await stage.AssertCrewAsync(crewCall, crew);
    }

    private static IEnumerable<ListingShape> Shapes(FlexBehaviour behaviour) =>
        [behaviour.RowData, behaviour.LineItems, behaviour.Children, behaviour.Single];
}
