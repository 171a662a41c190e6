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
