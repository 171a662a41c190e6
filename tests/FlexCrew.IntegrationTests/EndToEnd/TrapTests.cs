using FlexCrew.IntegrationTests.Database;

namespace FlexCrew.IntegrationTests.EndToEnd;

public sealed class TrapTests
{
    private const string Especialista = "b18a5bcc-59fa-4956-917f-0d1816d7d9b3";

    [Fact]
    public async Task A_role_code_is_read_by_its_end()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var technician = await stage.AssignAsync("SND-RF-E");

        await stage.SyncAsync();

        Assert.Equal(Especialista, Assert.Single(crewCall.Flex.Contacts).BusinessRole);
        await stage.AssertCrewAsync(crewCall, [technician]);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Somebody_without_a_role_in_the_department_is_not_on_its_crew_call(string? role)
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var technician = await stage.AssignAsync();
        await stage.AssignAsync(sound: role, lights: "LGT-BRD-R");

        var summary = await stage.SyncAsync();

        Assert.Equal(1, (int)summary["desired_count"]!);
        await stage.AssertCrewAsync(crewCall, [technician]);
    }

    [Theory]
    [InlineData("sound")]
    [InlineData(" Sound ")]
    [InlineData("SOUND")]
    public async Task Somebody_whose_profile_is_of_the_department_is_on_its_crew_call_whatever_the_case_and_the_blanks(string department)
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var resource = Guid.NewGuid().ToString();
        var technician = await stage.Database.AddTechnicianAsync(resource, department);
        await stage.Database.AssignAsync(stage.Job, technician);
        await stage.Database.AssignAsync(stage.Job, await stage.Database.AddTechnicianAsync(Guid.NewGuid().ToString(), "soundcheck"));

        var summary = await stage.SyncAsync();

        Assert.Equal(1, (int)summary["desired_count"]!);
        await stage.AssertCrewAsync(crewCall, [(technician, resource)]);
    }

    /// <summary>Only the older schema allows it.</summary>
    [Fact]
    public async Task Of_two_crew_calls_of_a_department_the_oldest_is_synced_and_the_other_one_is_named()
    {
        await using var stage = await Stage.SetAsync(SchemaKind.MigratedAdr);
        var oldest = await stage.AddCrewCallAsync();
        var second = await stage.AddCrewCallAsync(" Sound ");
        var technician = await stage.AssignAsync();

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Contains(second.Flex.Id, (string)Assert.Single(summary["diagnostics"]!.AsArray())!);
        await stage.AssertCrewAsync(oldest, [technician]);
        Assert.Empty(second.Flex.Lines);
        Assert.Contains(second.Flex.Id, (await stage.LogAsync())[^1].Errors);
    }

    [Fact]
    public async Task Somebody_without_a_resource_id_is_told_and_the_others_are_synced()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var technician = await stage.AssignAsync();
        var unknown = await stage.Database.AddTechnicianAsync();
        await stage.Database.AssignAsync(stage.Job, unknown, "SND-FOH-T");

        var summary = await stage.SyncAsync();

        Assert.Contains(unknown.ToString(), (string)Assert.Single(summary["diagnostics"]!.AsArray())!);
        Assert.Null(summary["errors"]);
        await stage.AssertCrewAsync(crewCall, [technician]);
    }

    [Fact]
    public async Task Two_profiles_that_share_a_resource_share_one_contact_and_settle()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var one = await stage.AssignAsync();
        var other = await stage.AssignAsync(resource: one.Resource);

        await stage.SyncAsync();

        var contact = Assert.Single(crewCall.Flex.Contacts);
        var rows = await stage.RowsAsync(crewCall.Id);
        Assert.Equal(new[] { one.Id, other.Id }.Order(), rows.Select(row => row.Technician).Order());
        Assert.All(rows, row => Assert.Equal(contact.Id, row.Line));

        await stage.UnassignAsync(one.Id);
        await stage.SyncAsync();

        Assert.Equal(contact, Assert.Single(crewCall.Flex.Contacts));
        await stage.AssertCrewAsync(crewCall, [other]);
    }

    [Fact]
    public async Task Somebody_declined_is_still_synced()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var technician = await stage.AssignAsync();
        await stage.Database.ExecuteAsync("update public.job_assignments set status = 'declined'");

        await stage.SyncAsync();

        await stage.AssertCrewAsync(crewCall, [technician]);
    }

    [Fact]
    public async Task A_row_whose_contact_is_another_persons_is_replaced_in_the_same_run()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);
        await stage.SyncAsync();
        var line = crewCall.Flex.Contacts[0].Id;
        await stage.Database.ExecuteAsync("update public.flex_crew_assignments set flex_line_item_id = @line::uuid", new { line });

        await stage.SyncAsync();

        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task A_crew_call_that_is_linked_anew_gets_the_crew_too()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(3);
        await stage.SyncAsync();
        var moved = stage.Flex.World.CreateCrewCall();
        await stage.Database.ExecuteAsync("update public.flex_crew_calls set flex_element_id = @Id::uuid", new { moved.Id });

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal(3, (int)summary["added"]!);
        await stage.AssertCrewAsync((crewCall.Id, moved), crew);
    }
}
