using System.Globalization;
using System.Text.Json.Nodes;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>Somebody who is on a crew call and whose profile gets another resource id, a wrong one or none: they stay.</summary>
public sealed class ResourceIdTests
{
    public static TheoryData<string> AddFaults => ["404", "400", "409", "500", "503", "401", "hang", "reset", "html", "malformed"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_changed_resource_id_adds_the_new_contact_first_and_then_takes_the_old_one(bool prune)
    {
        await using var stage = await Stage.SetAsync();
        var (crewCall, crew) = await SyncedAsync(stage);
        var moved = (crew[0].Id, Resource: Guid.NewGuid().ToString());
        await TypeAsync(stage, moved.Id, moved.Resource);
        var plan = await PlanAsync(stage, prune);
        stage.Flex.Log.Clear();

        var summary = await stage.SyncAsync(pruneOrphans: prune);

        Assert.Null(summary["errors"]);
        Assert.Equal((1, 1, 1), ((int)summary["added"]!, (int)summary["removed"]!, (int)summary["planned_delete_count"]!));
        Assert.Equal([FlexEndpoint.AddResource, FlexEndpoint.SetRole, FlexEndpoint.Delete], Writes(stage));
        await stage.AssertCrewAsync(crewCall, [moved, crew[1]]);
        Assert.Equal("resource id changed", (string?)Assert.Single(plan["plan"]!["removals"]!.AsArray())!["reason"]);
        Assert.Equal(moved.Resource, (string?)Assert.Single(plan["plan"]!["adds"]!.AsArray())!["flex_resource_id"]);
        await AssertSettledAsync(stage);
    }

    [Theory]
    [MemberData(nameof(AddFaults))]
    public async Task While_the_new_contact_cannot_be_added_the_old_one_stays_and_the_answer_says_so(string fault)
    {
        await using var stage = await Stage.SetAsync(overrides: ("FlexCrew:FlexAttemptTimeout", "00:00:00.300"));
        var (crewCall, crew) = await SyncedAsync(stage);
        var (rows, lines) = (await stage.RowsAsync(crewCall.Id), crewCall.Flex.Contacts);
        var moved = (crew[0].Id, Resource: Guid.NewGuid().ToString());
        await TypeAsync(stage, moved.Id, moved.Resource);
        var answer = ReadFaults.All.GetValueOrDefault(fault) ?? Fault.Answer(int.Parse(fault, CultureInfo.InvariantCulture));
        var placed = stage.Flex.Faults.Add(FlexEndpoint.AddResource, answer);

        var summary = await stage.SyncAsync();

        Assert.True(placed.Played > 0);
        Assert.Equal((1, 0), ((int)summary["failedAdds"]!, (int)summary["removed"]!));
        Assert.StartsWith($"Add failed for tech {moved.Id}", (string)Assert.Single(summary["errors"]!.AsArray())!);
        Assert.Contains($"tech {moved.Id}: the contact that they have stays", summary["diagnostics"]!.ToJsonString());
        Assert.Equal(lines, crewCall.Flex.Contacts);
        Assert.Equal(rows, await stage.RowsAsync(crewCall.Id));

        await stage.Flex.Faults.ClearAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        Assert.Null((await stage.SyncAsync())["errors"]);
        await stage.AssertCrewAsync(crewCall, [moved, crew[1]]);
    }

    [Fact]
    public async Task A_mistyped_resource_id_that_is_put_right_leaves_everything_as_it_was()
    {
        await using var stage = await Stage.SetAsync();
        var (crewCall, crew) = await SyncedAsync(stage);
        var lines = crewCall.Flex.Contacts;
        await TypeAsync(stage, crew[0].Id, crew[0].Resource[..^1]);
        stage.Flex.Faults.Add(new FaultRule
        {
            On = FlexEndpoint.AddResource,
            Path = $"{crew[0].Resource[..^1]}$",
            Fault = Fault.Answer(404, body: """{"exceptionMessage":"no such resource"}"""),
        });

        for (var click = 0; click < 2; click++)
        {
            var summary = await stage.SyncAsync();
            Assert.Contains("no such resource", (string)Assert.Single(summary["errors"]!.AsArray())!);
            await stage.AssertCrewAsync(crewCall, crew);
        }

        await TypeAsync(stage, crew[0].Id, crew[0].Resource);
        Assert.Null((await stage.SyncAsync())["errors"]);
        Assert.Equal(lines, crewCall.Flex.Contacts);
        await AssertSettledAsync(stage);
    }

    [Theory]
    [InlineData("{", "}", true)]
    [InlineData(" {", "} ", true)]
    [InlineData("\"", "\"", true)]
    [InlineData("\u200b", "", true)]
    [InlineData("", "\ufeff", true)]
    [InlineData("", "\r\n", false)]
    [InlineData(" \t", " ", false)]
    [InlineData("\u00a0", "\u00a0", false)]
    public async Task What_was_pasted_around_a_resource_id_makes_no_other_person_of_it(string before, string after, bool told)
    {
        await using var stage = await Stage.SetAsync();
        var (crewCall, crew) = await SyncedAsync(stage);
        var lines = crewCall.Flex.Contacts;
        await TypeAsync(stage, crew[0].Id, before + crew[0].Resource.ToUpperInvariant() + after);
        stage.Flex.Log.Clear();

        var summary = await stage.SyncAsync();

        Assert.Equal((0, 0, 2), ((int)summary["added"]!, (int)summary["removed"]!, (int)summary["kept"]!));
        Assert.Equal(told, summary["diagnostics"]?.ToJsonString().Contains(crew[0].Id.ToString(), StringComparison.Ordinal) ?? false);
        Assert.Equal(0, stage.Flex.Log.Count(FlexEndpoint.Writes));
        Assert.Equal(lines, crewCall.Flex.Contacts);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(null, false)]
    [InlineData("", true)]
    [InlineData("  ", true)]
    [InlineData("{}", true)]
    [InlineData("\u200b", true)]
    public async Task Somebody_whose_resource_id_was_blanked_stays_and_the_answer_says_so(string? typed, bool prune)
    {
        await using var stage = await Stage.SetAsync();
        var (crewCall, crew) = await SyncedAsync(stage);
        await TypeAsync(stage, crew[0].Id, typed);
        stage.Flex.Log.Clear();

        var summary = await stage.SyncAsync(pruneOrphans: prune);

        Assert.Null(summary["errors"]);
        Assert.Equal((0, 0), ((int)summary["added"]!, (int)summary["removed"]!));
        Assert.Contains($"tech {crew[0].Id}: the profile has no Flex resource id any more", summary["diagnostics"]!.ToJsonString());
        Assert.Equal(0, stage.Flex.Log.Count(FlexEndpoint.Writes));
        await stage.AssertCrewAsync(crewCall, crew);

        await stage.UnassignAsync(crew[0].Id);
        await stage.SyncAsync(pruneOrphans: prune);
        await stage.AssertCrewAsync(crewCall, crew.Skip(1));
    }

    [Fact]
    public async Task An_old_contact_that_cannot_be_deleted_is_told_and_goes_with_the_next_sync()
    {
        await using var stage = await Stage.SetAsync();
        var (crewCall, crew) = await SyncedAsync(stage);
        var moved = (crew[0].Id, Resource: Guid.NewGuid().ToString());
        await TypeAsync(stage, moved.Id, moved.Resource);
        stage.Flex.Faults.Add(FlexEndpoint.Delete, Fault.Answer(400));

        var summary = await stage.SyncAsync(pruneOrphans: false);

        Assert.Equal((1, 0), ((int)summary["added"]!, (int)summary["removed"]!));
        Assert.StartsWith("Removal failed for line item ", (string)Assert.Single(summary["errors"]!.AsArray())!);
        Assert.Equal(3, crewCall.Flex.Contacts.Count);

        await stage.Flex.Faults.ClearAsync();
        Assert.Equal(1, (int)(await stage.SyncAsync(pruneOrphans: false))["removed"]!);
        await stage.AssertCrewAsync(crewCall, [moved, crew[1]]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_old_contact_that_somebody_else_placed_goes_only_where_orphans_are_pruned(bool prune)
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var one = await stage.AssignAsync();
        var byHand = crewCall.Flex.AddContact(one.Resource);
        await stage.SyncAsync();
        var moved = (one.Id, Resource: Guid.NewGuid().ToString());
        await TypeAsync(stage, moved.Id, moved.Resource);

        await stage.SyncAsync(pruneOrphans: prune);

        Assert.Equal(!prune, crewCall.Flex.Contacts.Any(line => line.Id == byHand.Id));
        Assert.Contains(moved.Resource, crewCall.Flex.ResourceIds);
        Assert.Equal(moved.Id, Assert.Single(await stage.RowsAsync(crewCall.Id)).Technician);
        await AssertSettledAsync(stage, prune);
    }

    private static async Task<((Guid Id, CrewCall Flex) CrewCall, IReadOnlyList<(Guid Id, string Resource)> Crew)> SyncedAsync(Stage stage)
    {
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);
        await stage.SyncAsync();
        return (crewCall, crew);
    }

    private static Task TypeAsync(Stage stage, Guid technician, string? typed) => stage.Database.ExecuteAsync(
        "update public.profiles set flex_resource_id = @typed where id = @technician", new { technician, typed });

    private static async Task<JsonNode> PlanAsync(Stage stage, bool prune)
    {
        using var response = await stage.PostAsync(
            new { job_id = stage.Job, departments = new[] { "sound" }, prune_orphans = prune, dry_run = true });
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["summary"]!["sound"]!;
    }

    private static IEnumerable<FlexEndpoint> Writes(Stage stage) =>
        stage.Flex.Log.Requests.Select(request => request.Endpoint).Where(endpoint => (endpoint & FlexEndpoint.Writes) != 0);

    private static async Task AssertSettledAsync(Stage stage, bool prune = true)
    {
        stage.Flex.Log.Clear();
        var summary = await stage.SyncAsync(pruneOrphans: prune);
        Assert.Equal((0, 0), ((int)summary["added"]!, (int)summary["removed"]!));
        Assert.Equal(0, stage.Flex.Log.Count(FlexEndpoint.Writes));
    }
}
