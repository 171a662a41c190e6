using System.Text.Json.Nodes;
using FlexCrew.IntegrationTests.Database;
using FlexCrew.IntegrationTests.EndToEnd.Hooks;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>Sound and lights of a job, or sound of two jobs, are linked to the same crew call in Flex.</summary>
public sealed class SharedElementTests
{
    [Theory]
    [InlineData(SchemaKind.Migrated)]
    [InlineData(SchemaKind.MigratedAdr)]
    public async Task Departments_of_one_click_that_both_want_somebody_make_one_contact_that_both_map(SchemaKind schema)
    {
        await using var stage = await Stage.SetAsync(schema);
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(20);
        var (sound, lights) = await ShareAsync(stage, schema == SchemaKind.MigratedAdr);
        for (var i = 0; i < 3; i++) await stage.AssignAsync(sound: "SND-PA-T", lights: "LGT-PA-T");

        var summary = await SyncBothAsync(stage);

        Assert.Equal(3, sound.Flex.Contacts.Count);
        Assert.Equal((await stage.RowsAsync(sound.Id)).Order(), (await stage.RowsAsync(lights.Id)).Order());
        Assert.Equal((3, 3), ((int)summary["sound"]!["added"]!, (int)summary["lights"]!["added"]!));
        Assert.Equal(0, stage.Flex.Log.Metrics.OverlappingWrites);
        Assert.All(
            summary, department => Assert.Contains("linked to another department or job", (string)department.Value!["diagnostics"]![0]!));
        await AssertSettledAsync(stage);
    }

    [Fact]
    public async Task Two_contacts_that_each_department_mapped_are_healed_to_the_older_one()
    {
        await using var stage = await Stage.SetAsync();
        var (sound, lights) = await ShareAsync(stage);
        var (technician, resource) = await stage.AssignAsync(sound: "SND-PA-T", lights: "LGT-PA-T");
        var (older, later) = (sound.Flex.AddContact(resource), sound.Flex.AddContact(resource));
        await stage.Database.AddCrewRowAsync(sound.Id, technician, later.Id);
        await stage.Database.AddCrewRowAsync(lights.Id, technician, older.Id);

        Assert.Equal("duplicate", (string?)(await PlanAsync(stage))["sound"]!["plan"]!["removals"]![0]!["reason"]);
        var summary = await SyncBothAsync(stage);

        Assert.Equal([older.Id], sound.Flex.Contacts.Select(line => line.Id));
        Assert.Equal([(technician, older.Id)], await stage.RowsAsync(sound.Id));
        Assert.Equal([(technician, older.Id)], await stage.RowsAsync(lights.Id));
        Assert.Equal((1, 0), ((int)summary["sound"]!["removed"]!, (int)summary["lights"]!["removed"]!));
        await AssertSettledAsync(stage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_is_dropped_in_one_department_stays_for_the_other(bool prune)
    {
        await using var stage = await Stage.SetAsync();
        var (sound, lights) = await ShareAsync(stage);
        var (technician, resource) = await stage.AssignAsync(sound: "SND-PA-T", lights: "LGT-PA-T");
        await SyncBothAsync(stage);
        var contact = Assert.Single(sound.Flex.Contacts);
        await stage.Database.ExecuteAsync(
            "update public.job_assignments set sound_role = null where technician_id = @technician", new { technician });

        var plan = (await PlanAsync(stage))["sound"]!;
        var summary = await stage.SyncAsync(pruneOrphans: prune);

        Assert.Equal((0, 1), ((int)plan["planned_delete_count"]!, plan["plan"]!["removals"]!.AsArray().Count));
        Assert.Equal(1, (int)summary["removed"]!);
        Assert.Equal([contact], sound.Flex.Contacts);
        Assert.Empty(await stage.RowsAsync(sound.Id));
        Assert.Equal([(technician, contact.Id)], await stage.RowsAsync(lights.Id));
        Assert.Equal(0, stage.Flex.Log.Count(FlexEndpoint.Delete | FlexEndpoint.BulkDelete));

        await stage.UnassignAsync(technician);
        await stage.SyncAsync("lights");

        Assert.Empty(sound.Flex.Contacts);
        Assert.DoesNotContain(resource, sound.Flex.ResourceIds);
    }

    [Fact]
    public async Task Whoever_is_dropped_in_both_goes_with_the_click_that_syncs_both()
    {
        await using var stage = await Stage.SetAsync();
        var (sound, lights) = await ShareAsync(stage);
        var crew = new[] { await stage.AssignAsync("SND-PA-T", "LGT-PA-T"), await stage.AssignAsync("SND-PA-T", "LGT-PA-T") };
        var foreign = sound.Flex.AddContact(Guid.NewGuid().ToString());
        await SyncBothAsync(stage);
        await stage.UnassignAsync(crew[0].Id);

        await SyncBothAsync(stage);

        Assert.Equal(new[] { crew[1].Resource, foreign.ResourceId! }.Order(), sound.Flex.ResourceIds.Order());
        Assert.Equal(crew[1].Id, Assert.Single(await stage.RowsAsync(sound.Id)).Technician);
        Assert.Equal(crew[1].Id, Assert.Single(await stage.RowsAsync(lights.Id)).Technician);
        await AssertSettledAsync(stage);
    }

    [Theory]
    [InlineData("crew", nameof(QueryFault.Once), true)]
    [InlineData("crew", nameof(QueryFault.ForNow), false)]
    [InlineData("crew", nameof(QueryFault.Refused), false)]
    [InlineData("crew", nameof(QueryFault.AnswerLost), false)]
    [InlineData("crew", nameof(QueryFault.Unforeseen), false)]
    [InlineData("desired crew", nameof(QueryFault.Once), true)]
    [InlineData("desired crew", nameof(QueryFault.ForNow), false)]
    [InlineData("desired crew", nameof(QueryFault.Refused), false)]
    [InlineData("desired crew", nameof(QueryFault.AnswerLost), false)]
    [InlineData("desired crew", nameof(QueryFault.Unforeseen), false)]
    public async Task Where_it_cannot_be_read_what_the_others_map_nobody_goes(string query, string fault, bool passes)
    {
        await using var stage = await Stage.SetAsync(hosts: 0);
        var hook = new FailingQuery(query, Enum.Parse<QueryFault>(fault));
        await stage.AddHostAsync(builder => builder.UseHook(hook));
        var (sound, lights) = await ShareAsync(stage);
        var (technician, resource) = await stage.AssignAsync(sound: null, lights: "LGT-PA-T");
        var contact = sound.Flex.AddContact(resource);
        await stage.Database.AddCrewRowAsync(sound.Id, technician, contact.Id);
        await stage.Database.AddCrewRowAsync(lights.Id, technician, contact.Id);

        var summary = await stage.SyncAsync();

        Assert.Equal(passes, summary["errors"] is null);
        Assert.Equal([contact], sound.Flex.Contacts);

        hook.Heal();
        await stage.SyncAsync();

        Assert.Equal([contact], sound.Flex.Contacts);
        Assert.Empty(await stage.RowsAsync(sound.Id));
    }

    [Fact]
    public async Task Jobs_that_share_a_crew_call_leave_each_other_their_people()
    {
        await using var stage = await Stage.SetAsync();
        var sound = await stage.AddCrewCallAsync();
        var otherJob = await stage.Database.AddJobAsync();
        var other = await stage.Database.AddCrewCallAsync(otherJob, "sound", sound.Flex.Id);
        var (mine, both, theirs) = (await stage.AssignAsync(), await stage.AssignAsync(), Guid.NewGuid().ToString());
        await stage.Database.AssignAsync(otherJob, both.Id, "SND-PA-T");
        await stage.Database.AssignAsync(otherJob, await stage.Database.AddTechnicianAsync(theirs), "SND-PA-T");

        async Task SyncJobsAsync()
        {
            foreach (var job in new[] { stage.Job, otherJob })
                using (await stage.PostAsync(new { job_id = job, departments = new[] { "sound" } })) { }
        }

        await SyncJobsAsync();
        Assert.Equal(new[] { mine.Resource, both.Resource, theirs }.Order(), sound.Flex.ResourceIds.Order());

        await stage.UnassignAsync(both.Id);
        await SyncJobsAsync();
        Assert.Equal(new[] { mine.Resource, both.Resource, theirs }.Order(), sound.Flex.ResourceIds.Order());
        Assert.Equal((1, 2), ((await stage.RowsAsync(sound.Id)).Count, (await stage.RowsAsync(other)).Count));
    }

    private static async Task<((Guid Id, CrewCall Flex) Sound, (Guid Id, CrewCall Flex) Lights)> ShareAsync(
        Stage stage, bool typedOtherwise = false)
    {
        var sound = await stage.AddCrewCallAsync();
        var element = typedOtherwise ? $" {sound.Flex.Id.ToUpperInvariant()} " : sound.Flex.Id;
        return (sound, (await stage.Database.AddCrewCallAsync(stage.Job, "lights", element), sound.Flex));
    }

    private static Task<JsonObject> SyncBothAsync(Stage stage) => ClickAsync(stage, dryRun: false);

    private static Task<JsonObject> PlanAsync(Stage stage) => ClickAsync(stage, dryRun: true);

    private static async Task<JsonObject> ClickAsync(Stage stage, bool dryRun)
    {
        using var response = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound", "lights" }, dry_run = dryRun });
        var summary = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["summary"]!.AsObject();
        Assert.All(summary, department => Assert.Null(department.Value!["errors"]));
        return summary;
    }

    private static async Task AssertSettledAsync(Stage stage)
    {
        var writes = stage.Flex.Log.Count(FlexEndpoint.Writes);
        foreach (var (_, department) in await SyncBothAsync(stage))
            Assert.Equal((0, 0), ((int)department!["added"]!, (int)department["removed"]!));
        Assert.Equal(writes, stage.Flex.Log.Count(FlexEndpoint.Writes));
    }
}
