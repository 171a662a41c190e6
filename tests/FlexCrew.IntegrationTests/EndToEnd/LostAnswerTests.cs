using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

public sealed class LostAnswerTests
{
    private static readonly Dictionary<string, Fault> Faults = new()
    {
        ["reset"] = Fault.Reset(),
        ["close"] = Fault.Close(),
        ["hang"] = Fault.Hang(),
        ["500"] = Fault.Answer(500),
        ["503"] = Fault.Answer(503),
        ["truncated"] = Fault.TruncatedBody(),
        ["malformed"] = Fault.MalformedJson(),
        ["empty body"] = Fault.EmptyBody(),
        ["no id"] = Fault.Answer(200, body: "{}"),
        ["202"] = Fault.Answer(202, body: "{}"),
        ["html"] = Fault.HtmlPage(),
    };

    public static TheoryData<string> Kinds => [.. Faults.Keys];

    public static TheoryData<AddAnswer> Shapes => [.. Enum.GetValues<AddAnswer>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_add_whose_answer_is_lost_puts_nobody_twice_into_flex_or_the_table(string kind)
    {
        await using var stage = await Stage.SetAsync(overrides: ("FlexCrew:FlexAttemptTimeout", "00:00:00.300"));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(6);
        var lost = stage.Flex.Faults.Add(FlexEndpoint.AddResource, Faults[kind].AfterCommit());

        await stage.SyncAsync();

        Assert.True(lost.Played > 0);
        var rows = await stage.RowsAsync(crewCall.Id);
        Assert.Equal(crewCall.Flex.ResourceIds.Distinct(), crewCall.Flex.ResourceIds);
        Assert.Equal(rows.DistinctBy(row => row.Technician), rows);

        await stage.Flex.Faults.ClearAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Theory]
    [InlineData("no id")]
    [InlineData("empty body")]
    [InlineData("malformed")]
    [InlineData("202")]
    public async Task An_add_that_was_applied_without_telling_the_id_is_found_in_the_same_run(string kind)
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(6);
        stage.Flex.Faults.Add(FlexEndpoint.AddResource, Faults[kind].AfterCommit());

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal((6, 6), ((int)summary["added"]!, (int)summary["rolesSet"]!));
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("close")]
    [InlineData("hang")]
    [InlineData("503")]
    public async Task One_add_whose_answer_is_lost_is_found_in_the_same_run(string kind)
    {
        await using var stage = await Stage.SetAsync(overrides: ("FlexCrew:FlexAttemptTimeout", "00:00:00.300"));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(6);
        var lost = stage.Flex.Faults.Add(FlexEndpoint.AddResource, Faults[kind].AfterCommit(), nth: 3);

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal(1, lost.Played);
        Assert.Equal(6, (int)summary["added"]!);
        Assert.Equal(6, stage.Flex.Log.Count(FlexEndpoint.AddResource));
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Every_answer_that_flex_gives_to_an_add_ends_in_one_contact_each(AddAnswer shape)
    {
        await using var stage = await Stage.SetAsync();
        stage.Flex.Behaviour.AddAnswer = shape;
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(4);

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal((4, 4), ((int)summary["added"]!, (int)summary["rolesSet"]!));
        Assert.Equal(4, stage.Flex.Log.Count(FlexEndpoint.AddResource));
        await stage.AssertCrewAsync(crewCall, crew);
    }
}
