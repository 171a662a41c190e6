using System.Text.Json.Nodes;
using FlexCrew.IntegrationTests.Database;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary><c>dry_run</c> tells by name and id what a sync would do, writes nothing, and the sync then does that.</summary>
public sealed class PlanTests
{
    private const string Tecnico = "2f6cf050-c5c1-11ea-a087-2a0a4490a7fb";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_plan_names_what_a_sync_would_do_writes_nothing_and_comes_true(bool pruneOrphans)
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var kept = await NamedAsync(stage, "Ana", "Kept");
        var leaver = await NamedAsync(stage, "Luis", "Leaver");
        await stage.SyncAsync();
        var newcomer = await NamedAsync(stage, "Nora", "Newcomer");
        var adopted = await NamedAsync(stage, "Aldo", "Adopted");
        var byHand = crewCall.Flex.AddContact(adopted.Resource);
        var orphan = crewCall.Flex.AddContact(Guid.NewGuid().ToString());
        var twin = crewCall.Flex.AddContact(kept.Resource);
        await stage.UnassignAsync(leaver.Id);
        await stage.Database.AddTechnicianAsync(orphan.ResourceId!.ToUpperInvariant(), firstName: "Olga", lastName: "Orphan");
        var (rows, lines, log) = (await stage.RowsAsync(crewCall.Id), crewCall.Flex.Lines, await stage.LogAsync());
        stage.Flex.Log.Clear();

        using var response = await stage.PostAsync(
            new { job_id = stage.Job, departments = new[] { "sound" }, prune_orphans = pruneOrphans, dry_run = true },
            prefer: "respond-async");

        Assert.Equal(200, (int)response.StatusCode);
        var plan = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["summary"]!["sound"]!["plan"]!;
        Assert.Equal(
            new[] { $"Aldo Adopted {adopted.Id} {adopted.Resource} {byHand.Id}",
                $"Nora Newcomer {newcomer.Id} {newcomer.Resource} " }.Order(),
            Texts(plan["adds"], "name", "technician_id", "flex_resource_id", "adopts_line_item_id"));
        var leaverLine = rows.Single(row => row.Technician == leaver.Id).Line;
        string[] own = [$"{leaverLine} {leaver.Resource} {leaver.Id} Luis Leaver not desired"];
        string[] others = [$"{orphan.Id} {orphan.ResourceId}  Olga Orphan not desired", $"{twin.Id} {kept.Resource}  Ana Kept duplicate"];
        Assert.Equal(
            (pruneOrphans ? own.Concat(others) : own).Order(),
            Texts(plan["removals"], "line_item_id", "flex_resource_id", "technician_id", "name", "reason"));
        Assert.Equal(
            new[] { $"Aldo Adopted {adopted.Id} tecnico {Tecnico}", $"Nora Newcomer {newcomer.Id} tecnico {Tecnico}" },
            Texts(plan["roles"], "name", "technician_id", "tier", "role_id"));

        Assert.All(stage.Flex.Log.Requests, request => Assert.Equal("GET", request.Method));
        Assert.Equal(lines, crewCall.Flex.Lines);
        Assert.Equal(rows, await stage.RowsAsync(crewCall.Id));
        Assert.Equal(log, await stage.LogAsync());
        Assert.Equal(0, await stage.Database.ScalarAsync<int>("select count(*)::int from public.flex_crew_add_intents"));

        var summary = await stage.SyncAsync(pruneOrphans: pruneOrphans);

        Assert.Equal((2, pruneOrphans ? 3 : 1, 2), ((int)summary["added"]!, (int)summary["removed"]!, (int)summary["rolesSet"]!));
        Assert.Equal(!pruneOrphans, crewCall.Flex.Lines.Contains(orphan));
        Assert.Equal(!pruneOrphans, crewCall.Flex.Lines.Contains(twin));
        Assert.Null(stage.Flex.World.FindLine(leaverLine!));
        Assert.Contains(byHand.Id, (await stage.RowsAsync(crewCall.Id)).Select(row => row.Line));
    }

    [Fact]
    public async Task A_plan_whose_listing_failed_says_so_and_plans_nothing()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        await stage.AssignManyAsync(2);
        await stage.SyncAsync();
        var lines = crewCall.Flex.Lines;
        stage.Flex.Faults.Add(FlexEndpoint.Reads, Fault.HtmlPage());

        using var response = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound" }, dry_run = true });

        var summary = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["summary"]!["sound"]!;
        Assert.Contains("Flex listing failed", (string)summary["errors"]![0]!, StringComparison.Ordinal);
        Assert.Null(summary["plan"]);
        Assert.Equal(lines, crewCall.Flex.Lines);
    }

    private static IEnumerable<string> Texts(JsonNode? items, params string[] keys) =>
        items!.AsArray().Select(item => string.Join(' ', keys.Select(key => (string?)item![key]))).Order();

    private static async Task<(Guid Id, string Resource)> NamedAsync(Stage stage, string first, string last)
    {
        var resource = Guid.NewGuid().ToString();
        var id = await stage.Database.AddTechnicianAsync(resource, firstName: first, lastName: last);
        await stage.Database.AssignAsync(stage.Job, id, "SND-FOH-T");
        return (id, resource);
    }
}
