using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>A command: one person is placed on a crew call or taken off it, and nobody else is touched.</summary>
public sealed class AssignmentTests
{
    private const string Added = "Resource added to crew call";
    private const string Exists = "Assignment already exists (role updated if applicable)";
    private const string Removed = "Resource removed from crew call";

    [Fact]
    public async Task An_add_places_one_person_and_a_second_one_finds_them_there()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        crewCall.Flex.AddContact(Guid.NewGuid().ToString());

        var (_, body) = await stage.CommandAsync("add", crew[1].Id);

        Assert.Equal(Added, (string)body["message"]!);
        var (technician, line) = Assert.Single(await stage.RowsAsync(crewCall.Id));
        Assert.Equal((crew[1].Id, (string)body["flex_line_item_id"]!), (technician, line));
        Assert.Equal(crew[1].Resource, stage.Flex.World.FindLine(line!)!.ResourceId);
        Assert.NotNull(stage.Flex.World.FindLine(line!)!.BusinessRole);
        Assert.Equal(2, crewCall.Flex.ResourceIds.Count);

        (_, body) = await stage.CommandAsync("add", crew[1].Id);

        Assert.Equal((Exists, line), ((string)body["message"]!, (string)body["flex_line_item_id"]!));
        Assert.Equal(1, stage.Flex.Log.Count(FlexEndpoint.AddResource));
        var log = await stage.LogAsync();
        Assert.Equal([("add", crew[1].Id), ("add", crew[1].Id)], log.Select(row => (row.Kind, row.TechnicianId!.Value)));
        Assert.All(log, row => Assert.Equal(("succeeded", stage.Manager.ToString()), (row.Status, row.TriggeredBy)));
    }

    [Fact]
    public async Task A_removal_takes_one_person_off_whom_Flex_has_or_has_no_longer()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(4);
        await stage.SyncAsync();
        stage.Flex.World.RemoveLine((await stage.RowsAsync(crewCall.Id)).First(row => row.Technician == crew[1].Id).Line!);

        Assert.Equal(Removed, await stage.CommandDoneAsync("remove", crew[0].Id));
        var (status, body) = await stage.CommandAsync("remove", crew[1].Id);

        Assert.Equal((200, Removed), (status, (string)body["message"]!));
        Assert.Contains("no contact of this technician", (string)body["diagnostics"]![0]!);
        Assert.Equal("No assignment to remove", await stage.CommandDoneAsync("remove", crew[1].Id));
        await stage.AssertCrewAsync(crewCall, crew.Skip(2));
    }

    /// <summary>Between the listing and the deletion somebody deletes it by hand: Flex answers 404, which is what was asked for.</summary>
    [Fact]
    public async Task A_removal_of_a_contact_that_Flex_says_it_does_not_have_is_done()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(1);
        await stage.SyncAsync();
        stage.Flex.Faults.Add(FlexEndpoint.Delete, Fault.Answer(404).AfterCommit());

        Assert.Equal(Removed, await stage.CommandDoneAsync("remove", crew[0].Id));

        await stage.AssertCrewAsync(crewCall, []);
    }

    /// <summary>As the web app does it: a removal for each row, one after the other, and then the assignments go.</summary>
    [Fact]
    public async Task Deleting_a_job_empties_its_crew_calls_and_touches_nothing_else()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var lights = await stage.AddCrewCallAsync("lights");
        var crew = await stage.AssignManyAsync(4);
        var twin = await stage.AssignAsync(resource: crew[0].Resource);
        var both = await stage.AssignAsync(lights: "LGT-PA-T");
        await stage.SyncAsync("sound");
        await stage.SyncAsync("lights");
        crewCall.Flex.AddNote("Doors at eight");
        var stranger = crewCall.Flex.AddContact(Guid.NewGuid().ToString());

        foreach (var (technician, _) in await stage.RowsAsync(crewCall.Id))
            Assert.Equal(Removed, await stage.CommandDoneAsync("remove", technician));
        await stage.Database.ExecuteAsync("delete from public.job_assignments where sound_role is not null and lights_role is null");

        Assert.Empty(await stage.RowsAsync(crewCall.Id));
        Assert.Equal([stranger.ResourceId!], crewCall.Flex.ResourceIds);
        Assert.Contains(crewCall.Flex.Lines, line => !line.IsContact);
        await stage.AssertCrewAsync(lights, [both]);
        Assert.DoesNotContain(crewCall.Flex.ResourceIds, resource => resource == twin.Resource);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("hang")]
    [InlineData("no id")]
    public async Task An_add_whose_answer_is_lost_after_Flex_committed_makes_one_contact(string kind)
    {
        await using var stage = await Stage.SetAsync(overrides: ("FlexCrew:FlexAttemptTimeout", "00:00:00.300"));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(1);
        var fault = kind switch { "reset" => Fault.Reset(), "hang" => Fault.Hang(), _ => Fault.Answer(200, body: "{}") };
        var lost = stage.Flex.Faults.Add(FlexEndpoint.AddResource, fault.AfterCommit());

        Assert.Equal(Added, await stage.CommandDoneAsync("add", crew[0].Id));

        Assert.True(lost.Played > 0);
        await stage.AssertCrewAsync(crewCall, crew);
        Assert.True(Assert.Single(await stage.LogAsync()).WaitsForRetry);
    }

    [Fact]
    public async Task Ten_at_once_adds_and_removals_and_syncs_leave_nobody_twice_and_nobody_missing()
    {
        await using var stage = await Stage.SetAsync(hosts: 2);
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(20);
        var crewCall = await stage.AddCrewCallAsync();
        var staying = await stage.AssignManyAsync(3);
        var leaving = await stage.AssignManyAsync(3);
        await stage.SyncAsync();
        var coming = await stage.AssignManyAsync(3);
        foreach (var one in leaving) await stage.UnassignAsync(one.Id);

        var messages = await Task.WhenAll(
        [
            .. coming.Select((one, number) => stage.CommandDoneAsync("add", one.Id, host: number % 2)),
            .. leaving.Select((one, number) => stage.CommandDoneAsync("remove", one.Id, host: number % 2)),
            .. Enumerable.Range(0, 4).Select(async number =>
            {
                var summary = await stage.SyncAsync(host: number % 2);
                Assert.Null(summary["errors"]);
                return "synced";
            }),
        ]);

        await stage.AssertCrewAsync(crewCall, [.. staying, .. coming]);
        Assert.Equal(0, stage.Flex.Log.Metrics.OverlappingWrites);
        Assert.All(messages.Take(3), message => Assert.Contains(message, new[] { Added, Exists }));
        Assert.All(messages.Skip(3).Take(3), message => Assert.Contains(message, new[] { Removed, "No assignment to remove" }));
    }

    [Fact]
    public async Task Commands_are_taken_in_the_order_in_which_they_came()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var (one, two) = (await stage.AssignAsync(), await stage.AssignAsync());
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(100);
        var calls = new List<Task<string>>();
        foreach (var (action, technician) in new[]
                 {
                     ("add", one.Id), ("remove", one.Id), ("add", two.Id), ("add", one.Id), ("remove", two.Id), ("add", two.Id),
                     ("remove", one.Id),
                 })
        {
            calls.Add(stage.CommandDoneAsync(action, technician));
            await Stage.UntilAsync(() => Task.FromResult(Asked() == calls.Count), "the command has come");
            await Task.Delay(50);
        }

        Assert.Equal([Added, Removed, Added, Added, Removed, Added, Removed], await Task.WhenAll(calls));
        await stage.AssertCrewAsync(crewCall, [two]);

        int Asked() => stage.Host.Logs.Lines.Count(line => line.Contains("AssignmentEndpoint: Command ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sync_that_runs_while_a_command_adds_makes_one_contact_and_one_row()
    {
        await using var stage = await Stage.SetAsync(hosts: 2);
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(30);
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);

        for (var round = 0; round < 6; round++)
        {
            var sync = stage.SyncAsync(host: round % 2);
            await Task.Delay(round * 15);
            await stage.CommandDoneAsync("add", crew[0].Id, host: (round + round / 2) % 2);
            await sync;
            await stage.AssertCrewAsync(crewCall, crew);
            await stage.CommandDoneAsync("remove", crew[0].Id);
        }

        Assert.Equal(0, stage.Flex.Log.Metrics.OverlappingWrites);
    }

    /// <summary>A sync in its place would bring the person back, since they are still assigned.</summary>
    [Fact]
    public async Task A_removal_that_failed_is_retried_as_that_removal()
    {
        await using var stage = await Stage.SetAsync(overrides: ("FlexCrew:RetryPollInterval", "00:00:00.050"));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);
        await stage.SyncAsync();
        stage.Flex.Faults.Add(FlexEndpoint.Delete, Fault.Answer(409));

        var (status, body) = await stage.CommandAsync("remove", crew[0].Id);

        Assert.Equal(500, status);
        Assert.Contains("HTTP 409", (string)body["error"]!);
        await stage.Flex.Faults.ClearAsync();
        Assert.True((await stage.LogAsync())[^1].WaitsForRetry);
        await stage.MakeRetriesDueAsync();
        await Stage.UntilAsync(async () => (await stage.LogAsync()).Any(row => row.TriggeredBy == "retry"), "the removal is retried");
        var retry = (await stage.LogAsync())[^1];
        Assert.Equal(("remove", crew[0].Id, "succeeded", 2), (retry.Kind, retry.TechnicianId!.Value, retry.Status, retry.Attempt));
        await stage.AssertCrewAsync(crewCall, crew.Skip(1));
        Assert.DoesNotContain(await stage.LogAsync(), row => row.WaitsForRetry);
    }

    [Fact]
    public async Task The_activity_log_of_the_web_app_is_told_where_the_database_has_it()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(1);
        await stage.CommandDoneAsync("add", crew[0].Id);
        await stage.RunsEndedAsync();
        Assert.Contains(stage.Host.Logs.Lines, line => line.Contains("was not told", StringComparison.Ordinal));

        await stage.Database.ExecuteAsync(
            """
            create type public.activity_visibility as enum ('management', 'house_plus_job', 'job_participants', 'actor_only');
            create table public.told (actor uuid, code text, job uuid, entity_type text, entity_id text, payload jsonb, visibility text);
            create function public.log_activity_as(_actor_id uuid, _code text, _job_id uuid, _entity_type text, _entity_id text,
              _payload jsonb default '{}', _visibility public.activity_visibility default null) returns uuid language sql as
            $$ insert into public.told values (_actor_id, _code, _job_id, _entity_type, _entity_id, _payload, _visibility::text);
               select gen_random_uuid() $$;
            """);
        await stage.CommandDoneAsync("remove", crew[0].Id);
        await stage.RunsEndedAsync();

        Assert.Equal(
            $"{stage.Manager} flex.crew.updated {stage.Job} flex {crewCall.Id} remove sound {crew[0].Id}",
            await stage.Database.ScalarAsync<string>(
                """
                select concat_ws(' ', actor, code, job, entity_type, entity_id,
                                 payload ->> 'action', payload ->> 'department', payload ->> 'technician_id', visibility) from public.told
                """));
    }
}
