using FlexCrew.Database;

namespace FlexCrew.IntegrationTests.Database;

public abstract class CrewCallsTests(SchemaKind kind) : DatabaseTest(kind)
{
    private protected CrewCalls CrewCalls => new(Source);

    [Fact]
    public async Task The_crew_call_of_a_department_is_found_with_its_element()
    {
        var job = await Database.AddJobAsync();
        var element = Guid.NewGuid().ToString();
        var sound = await Database.AddCrewCallAsync(job, "sound", element);
        await Database.AddCrewCallAsync(job, "lights");

        Assert.Equal(new CrewCallRow(sound, element), await CrewCalls.FindAsync(job, " Sound", default));
    }

    [Fact]
    public async Task A_job_without_crew_call_has_none()
    {
        var job = await Database.AddJobAsync();
        await Database.AddCrewCallAsync(job, "lights");

        Assert.Null(await CrewCalls.FindAsync(job, "sound", default));
        Assert.Null(await CrewCalls.FindAsync(Guid.NewGuid(), "lights", default));
        Assert.Empty(await CrewCalls.DepartmentsAsync(Guid.NewGuid(), default));
    }

    [Fact]
    public async Task The_departments_of_a_job_are_those_of_its_crew_calls()
    {
        var job = await Database.AddJobAsync();
        await Database.AddCrewCallAsync(job, "sound");
        await Database.AddCrewCallAsync(job, "lights");
        await Database.AddCrewCallAsync(await Database.AddJobAsync(), "sound");

        Assert.Equal(["lights", "sound"], await CrewCalls.DepartmentsAsync(job, default));
    }

    [Fact]
    public async Task An_assignment_comes_with_what_its_profile_says()
    {
        var job = await Database.AddJobAsync();
        var technician = await Database.AddTechnicianAsync("res-1", "Sound");
        await Database.AssignAsync(job, technician, "SND-FOH-R", "none", "VID-PA-T");
        await Database.AssignAsync(await Database.AddJobAsync(), await Database.AddTechnicianAsync("res-2"), "SND-PA-T");

        var row = Assert.Single(await CrewCalls.AssignmentsAsync(job, default));

        Assert.Equal(new AssignmentRow(technician, "SND-FOH-R", "none", "VID-PA-T", "res-1", "Sound"), row);
    }

    [Fact]
    public async Task A_profile_that_says_nothing_still_comes_with_its_assignment()
    {
        var job = await Database.AddJobAsync();
        var technician = await Database.AddTechnicianAsync();
        await Database.AssignAsync(job, technician);

        Assert.Equal(
            [new AssignmentRow(technician, null, null, null, null, null)], await CrewCalls.AssignmentsAsync(job, default));
    }
}

public sealed class CrewCallsOnProduction() : CrewCallsTests(SchemaKind.Migrated)
{
    [Theory]
    [InlineData("Ana", "Ruiz", "Ana Ruiz")]
    [InlineData(" Ana ", null, "Ana")]
    [InlineData(null, "Ruiz", "Ruiz")]
    [InlineData("", " ", null)]
    [InlineData(null, null, null)]
    public async Task A_technician_is_named_by_what_the_profile_has(string? first, string? last, string? name)
    {
        var job = await Database.AddJobAsync();
        await Database.AssignAsync(job, await Database.AddTechnicianAsync(firstName: first, lastName: last));

        Assert.Equal(name, Assert.Single(await CrewCalls.AssignmentsAsync(job, default)).Name);
    }

    [Fact]
    public async Task A_declined_assignment_counts_like_any_other()
    {
        var job = await Database.AddJobAsync();
        await Database.AssignAsync(job, await Database.AddTechnicianAsync("res-1"), "SND-PA-T");
        await Database.ExecuteAsync("update job_assignments set status = 'declined'");

        Assert.Single(await CrewCalls.AssignmentsAsync(job, default));
    }
}

public sealed class CrewCallsOnAdr() : CrewCallsTests(SchemaKind.MigratedAdr)
{
    [Fact]
    public async Task A_technician_of_several_dates_has_a_row_for_each()
    {
        var job = await Database.AddJobAsync();
        var technician = await Database.AddTechnicianAsync("res-1");
        await Database.AssignAsync(job, technician, "SND-PA-T", date: "2027-06-18");
        await Database.AssignAsync(job, technician, "SND-FOH-R", date: "2027-06-19");

        var rows = await CrewCalls.AssignmentsAsync(job, default);

        Assert.Equal(["SND-FOH-R", "SND-PA-T"], rows.Select(row => row.SoundRole));
        Assert.Equal([technician, technician], rows.Select(row => row.TechnicianId));
    }

    [Fact]
    public async Task An_assignment_without_a_profile_is_not_lost()
    {
        var job = await Database.AddJobAsync();
        await Database.AssignAsync(job, Guid.NewGuid(), "SND-PA-T");

        Assert.Null(Assert.Single(await CrewCalls.AssignmentsAsync(job, default)).FlexResourceId);
    }

    [Fact]
    public async Task Departments_are_free_text_and_element_ids_any_text()
    {
        var job = await Database.AddJobAsync();
        var call = await Database.AddCrewCallAsync(job, " SOUND ", "element/1");

        Assert.Equal(new CrewCallRow(call, "element/1"), await CrewCalls.FindAsync(job, "sound", default));
        Assert.Equal(["sound"], await CrewCalls.DepartmentsAsync(job, default));
    }

    [Fact]
    public async Task Of_two_crew_calls_of_a_department_the_older_one_counts()
    {
        var job = await Database.AddJobAsync();
        var older = await Database.AddCrewCallAsync(job, "sound");
        await Database.AddCrewCallAsync(job, "Sound");

        Assert.Equal(older, (await CrewCalls.FindAsync(job, "sound", default))?.Id);
        Assert.Equal(["sound"], await CrewCalls.DepartmentsAsync(job, default));
    }

    [Fact]
    public async Task A_crew_call_without_an_element_is_none()
    {
        var job = await Database.AddJobAsync();
        await Database.AddCrewCallAsync(job, "sound", " ");

        Assert.Null(await CrewCalls.FindAsync(job, "sound", default));
    }
}
