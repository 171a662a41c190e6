using FlexCrew.Database;
using FlexCrew.Database.Crew;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>Crew calls of the table that are linked to one element in Flex.</summary>
public abstract class SharedElementTests(SchemaKind kind) : DatabaseTest(kind)
{
    protected string Element { get; } = Guid.NewGuid().ToString();

    protected Guid Job { get; private set; }

    protected Guid Sound { get; private set; }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Job = await Database.AddJobAsync();
        Sound = await Database.AddCrewCallAsync(Job, "sound", Element);
    }

    [Fact]
    public async Task An_element_that_no_other_crew_call_has_is_linked_to_none()
    {
        await Database.AddCrewCallAsync(Job, "lights");
        await Database.AddCrewCallAsync(await Database.AddJobAsync(), "sound");

        Assert.Empty((await ReadAsync(Job)).Linked);
    }

    [Fact]
    public async Task An_element_that_another_department_has_is_linked_for_both()
    {
        var lights = await Database.AddCrewCallAsync(Job, "lights", Element);

        Assert.Equal([new LinkedCallRow(lights, Job, "lights")], (await ReadAsync(Job)).Linked);
        Assert.Equal([new LinkedCallRow(Sound, Job, "sound")], (await ReadAsync(Job, "lights")).Linked);
    }

    [Fact]
    public async Task An_element_that_another_job_has_is_linked_for_both_and_the_assignments_of_both_jobs_are_read()
    {
        var other = await Database.AddJobAsync();
        var call = await Database.AddCrewCallAsync(other, "sound", Element);
        var technician = await Database.AddTechnicianAsync("res-1");
        foreach (var job in new[] { Job, other, await Database.AddJobAsync() }) await Database.AssignAsync(job, technician, "SND-PA-T");

        var reading = await ReadAsync(Job);

        Assert.Equal([new LinkedCallRow(call, other, "sound")], reading.Linked);
        Assert.Equal([new LinkedCallRow(Sound, Job, "sound")], (await ReadAsync(other)).Linked);
        Assert.Equal(new[] { Job, other }.Order(), reading.Assignments.Select(row => row.JobId).Order());
    }

    [Fact]
    public async Task The_lines_of_linked_crew_calls_are_those_that_other_departments_and_jobs_map_in_the_element()
    {
        var lights = await Database.AddCrewCallAsync(Job, "lights", Element);
        var other = await Database.AddCrewCallAsync(await Database.AddJobAsync(), "sound", Element);
        var apart = await Database.AddCrewCallAsync(await Database.AddJobAsync(), "sound");
        await MapAsync(Sound);
        await MapAsync(apart);
        string[] lines = [await MapAsync(lights), await MapAsync(lights), await MapAsync(other)];

        Assert.Equal(lines.Order(), (await ReadAsync(Job)).LinkedLineItemIds.Order());
    }

    [Fact]
    public async Task A_line_that_several_of_them_map_comes_once_also_when_the_crew_call_maps_it_too()
    {
        var line = await MapAsync(Sound);
        await MapAsync(await Database.AddCrewCallAsync(Job, "lights", Element), line);
        await MapAsync(await Database.AddCrewCallAsync(await Database.AddJobAsync(), "lights", Element), line);

        Assert.Equal([line], (await ReadAsync(Job)).LinkedLineItemIds);
    }

    [Fact]
    public async Task A_crew_call_alone_shares_no_lines_nor_with_one_that_points_elsewhere_by_now()
    {
        await MapAsync(Sound);
        Assert.Empty((await ReadAsync(Job)).LinkedLineItemIds);

        await MapAsync(await Database.AddCrewCallAsync(Job, "lights"));
        Assert.Empty((await ReadAsync(Job)).LinkedLineItemIds);
    }

    /// <summary>The run goes on with the element that it claimed: whoever has that one counts, not who has the new one.</summary>
    [Fact]
    public async Task Before_a_deletion_the_crew_calls_are_those_of_the_element_that_was_claimed_whatever_the_crew_call_says_by_now()
    {
        var other = await Database.AddJobAsync();
        var linked = await Database.AddCrewCallAsync(other, "lights", Element);
        var technician = await Database.AddTechnicianAsync("res-1");
        await Database.AssignAsync(Job, technician, "SND-PA-T");
        await Database.AssignAsync(other, technician, lights: "LGT-PA-T");
        var lines = new[] { await MapAsync(Sound), await MapAsync(linked) };
        var hold = await ClaimAsync(Job);
        await Database.ExecuteAsync(
            "update public.flex_crew_calls set flex_element_id = gen_random_uuid() where id = @Sound", new { Sound });

        var now = await new CrewReader(Source).DesiredAsync(hold, Sound, false, default);

        Assert.Equal(
            new[] { new LinkedCallRow(Sound, Job, "sound"), new LinkedCallRow(linked, other, "lights") }.OrderBy(call => call.Id),
            now.CrewCalls.OrderBy(call => call.Id));
        Assert.Equal(new[] { Job, other }.Order(), now.Assignments.Select(row => row.JobId).Order());
        Assert.Equal(
            new[] { (Sound, lines[0]), (linked, lines[1]) }.Order(), now.Mapped.Select(row => (row.CrewCallId, row.LineItemId)).Order());
    }

    protected async Task<string> MapAsync(Guid crewCall, string? line = null)
    {
        line ??= Guid.NewGuid().ToString();
        await Database.AddCrewRowAsync(crewCall, await Database.AddTechnicianAsync(), line);
        return line;
    }
}

public sealed class SharedElementsOnProduction() : SharedElementTests(SchemaKind.Migrated);

public sealed class SharedElementsOnAdr() : SharedElementTests(SchemaKind.MigratedAdr)
{
    [Fact]
    public async Task Case_and_blanks_make_no_other_element_of_it()
    {
        var lights = await Database.AddCrewCallAsync(Job, "lights", $" {Element.ToUpperInvariant()} ");
        await MapAsync(lights, " line ");

        var reading = await ReadAsync(Job);

        Assert.Equal([new LinkedCallRow(lights, Job, "lights")], reading.Linked);
        Assert.Equal(["line"], reading.LinkedLineItemIds);
        Assert.Equal([new LinkedCallRow(Sound, Job, "sound")], (await ReadAsync(Job, "lights")).Linked);
        Assert.Equal((await ClaimAsync(Job)).Token, (await ReadAsync(Job, "lights")).Fence!.Token);
    }

    [Fact]
    public async Task Rows_without_a_line_or_with_a_blank_one_are_no_lines_of_linked_crew_calls()
    {
        var lights = await Database.AddCrewCallAsync(Job, "lights", Element);
        await Database.AddCrewRowAsync(lights, await Database.AddTechnicianAsync(), null);
        await MapAsync(lights, " ");

        Assert.Empty((await ReadAsync(Job)).LinkedLineItemIds);
    }

    /// <summary>Of two crew calls of one department only the older is ever synced: the other one's rows are nobody's.</summary>
    [Fact]
    public async Task A_second_row_of_the_same_department_of_the_same_job_is_linked_to_nobody()
    {
        var second = await Database.AddCrewCallAsync(Job, "Sound ", Element);
        await MapAsync(second);

        var reading = await ReadAsync(Job);

        Assert.Equal(new CrewCallRow(Sound, Element), reading.Call);
        Assert.Empty(reading.Linked);
        Assert.Empty(reading.LinkedLineItemIds);
    }

    [Fact]
    public async Task Blank_elements_are_none_and_linked_to_nobody()
    {
        var job = await Database.AddJobAsync();
        await Database.AddCrewCallAsync(job, "sound", "");
        await Database.AddCrewCallAsync(job, "lights", " ");

        Assert.Null((await ReadAsync(job)).Call);
        Assert.Null((await ReadAsync(job, "lights")).Call);
    }
}
