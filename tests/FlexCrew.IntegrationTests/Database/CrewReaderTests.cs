using FlexCrew.Database;
using FlexCrew.Database.Crew;

namespace FlexCrew.IntegrationTests.Database;

public abstract class CrewReaderTests(SchemaKind kind) : DatabaseTest(kind)
{
    [Fact]
    public async Task The_crew_call_of_a_department_is_found_with_its_element()
    {
        var job = await Database.AddJobAsync();
        var element = Guid.NewGuid().ToString();
        var sound = await Database.AddCrewCallAsync(job, "sound", element);
        await Database.AddCrewCallAsync(job, "lights");

        var reading = await ReadAsync(job, " Sound");

        Assert.Equal(new CrewCallRow(sound, element), reading.Call);
        Assert.Empty(reading.NotSynced);
    }

    [Fact]
    public async Task A_job_without_crew_call_has_none_and_its_reader_claims_nothing()
    {
        var job = await Database.AddJobAsync();
        await Database.AddCrewCallAsync(job, "lights");

        var reading = await ReadAsync(job, "sound", holder: "run-1");

        Assert.Equal((null, null), (reading.Call, reading.Fence));
        Assert.Null((await ReadAsync(Guid.NewGuid(), "lights")).Call);
        Assert.Equal(0, await Database.ScalarAsync<int>("select count(*) from flex_crew_fences"));
    }

    [Fact]
    public async Task An_assignment_comes_with_what_its_profile_says()
    {
        var job = await JobAsync();
        var technician = await Database.AddTechnicianAsync("res-1", "Sound");
        await Database.AssignAsync(job, technician, "SND-FOH-R", "none", "VID-PA-T");
        await Database.AssignAsync(await Database.AddJobAsync(), await Database.AddTechnicianAsync("res-2"), "SND-PA-T");

        var row = Assert.Single((await ReadAsync(job)).Assignments);

        Assert.Equal(new AssignmentRow(technician, "SND-FOH-R", "none", "VID-PA-T", "res-1", "Sound", null, job), row);
    }

    [Fact]
    public async Task A_profile_that_says_nothing_still_comes_with_its_assignment()
    {
        var job = await JobAsync();
        var technician = await Database.AddTechnicianAsync();
        await Database.AssignAsync(job, technician);

        Assert.Equal([new AssignmentRow(technician, null, null, null, null, null, null, job)], (await ReadAsync(job)).Assignments);
    }

    [Fact]
    public async Task The_rows_of_a_crew_call_come_oldest_first()
    {
        var job = await Database.AddJobAsync();
        var call = await Database.AddCrewCallAsync(job);
        var other = await Database.AddCrewCallAsync(await Database.AddJobAsync());
        var rows = new List<CrewRow>();
        foreach (var createdAt in new[] { "2026-03-01Z", "2026-01-01Z", "2026-02-01Z" })
        {
            var (technician, line) = (await Database.AddTechnicianAsync(), Guid.NewGuid().ToString());
            rows.Add(new CrewRow(await Database.AddCrewRowAsync(call, technician, line, createdAt), technician, line));
            await Database.AddCrewRowAsync(other, technician, Guid.NewGuid().ToString());
        }

        Assert.Equal([rows[1], rows[2], rows[0]], (await ReadAsync(job)).Rows);
    }

    /// <summary>Whoever wrote before the claim has written all of it: nothing of the crew is older than the fence.</summary>
    [Fact]
    public async Task Everything_is_read_after_the_fence_was_claimed()
    {
        var job = await JobAsync();
        var technician = await Database.AddTechnicianAsync("res-1");
        await using var other = await Database.OpenAsync();
        await using var claim = await other.BeginTransactionAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "lock table flex_crew_fences in exclusive mode";
        await command.ExecuteNonQueryAsync();
        var reading = ReadAsync(job, holder: "run-1");
        await Database.AssignAsync(job, technician, "SND-PA-T");

        await claim.CommitAsync();

        Assert.Equal(technician, Assert.Single((await reading).Assignments).TechnicianId);
    }

    [Fact]
    public async Task Before_a_deletion_the_assignments_and_the_rows_are_those_of_now()
    {
        var job = await JobAsync();
        var hold = await ClaimAsync(job);
        var call = (await ReadAsync(job)).Call!.Id;
        var technician = await Database.AddTechnicianAsync("res-1");
        await Database.AssignAsync(job, technician, "SND-PA-T");
        var line = Guid.NewGuid().ToString();
        await Database.AddCrewRowAsync(call, technician, line);

        var now = await new CrewReader(Source).DesiredAsync(hold, call, false, default);

        Assert.True(now.IsHeld);
        Assert.Equal([new MappedRow(call, technician, line)], now.Mapped);
        Assert.Equal([new LinkedCallRow(call, job, "sound")], now.CrewCalls);
        Assert.Equal(technician, Assert.Single(now.Assignments).TechnicianId);
    }

    protected async Task<Guid> JobAsync()
    {
        var job = await Database.AddJobAsync();
        await Database.AddCrewCallAsync(job);
        return job;
    }
}

public sealed class CrewReaderOnProduction() : CrewReaderTests(SchemaKind.Migrated)
{
    [Theory]
    [InlineData("Ana", "Ruiz", "Ana Ruiz")]
    [InlineData(" Ana ", null, "Ana")]
    [InlineData(null, "Ruiz", "Ruiz")]
    [InlineData("", " ", null)]
    [InlineData(null, null, null)]
    public async Task A_technician_is_named_by_what_the_profile_has(string? first, string? last, string? name)
    {
        var job = await JobAsync();
        await Database.AssignAsync(job, await Database.AddTechnicianAsync(firstName: first, lastName: last));

        Assert.Equal(name, Assert.Single((await ReadAsync(job)).Assignments).Name);
    }

    [Fact]
    public async Task A_declined_assignment_counts_like_any_other()
    {
        var job = await JobAsync();
        await Database.AssignAsync(job, await Database.AddTechnicianAsync("res-1"), "SND-PA-T");
        await Database.ExecuteAsync("update job_assignments set status = 'declined'");

        Assert.Single((await ReadAsync(job)).Assignments);
    }
}

public sealed class CrewReaderOnAdr() : CrewReaderTests(SchemaKind.MigratedAdr)
{
    [Fact]
    public async Task A_technician_of_several_dates_has_a_row_for_each()
    {
        var job = await JobAsync();
        var technician = await Database.AddTechnicianAsync("res-1");
        await Database.AssignAsync(job, technician, "SND-PA-T", date: "2027-06-18");
        await Database.AssignAsync(job, technician, "SND-FOH-R", date: "2027-06-19");

        var rows = (await ReadAsync(job)).Assignments;

        Assert.Equal(["SND-FOH-R", "SND-PA-T"], rows.Select(row => row.SoundRole));
        Assert.Equal([technician, technician], rows.Select(row => row.TechnicianId));
    }

    [Fact]
    public async Task An_assignment_without_a_profile_is_not_lost()
    {
        var job = await JobAsync();
        await Database.AssignAsync(job, Guid.NewGuid(), "SND-PA-T");

        Assert.Null(Assert.Single((await ReadAsync(job)).Assignments).FlexResourceId);
    }

    [Fact]
    public async Task Departments_are_free_text_and_element_ids_any_text()
    {
        var job = await Database.AddJobAsync();
        var call = await Database.AddCrewCallAsync(job, " SOUND ", " Element/1 ");

        Assert.Equal(new CrewCallRow(call, "Element/1"), (await ReadAsync(job)).Call);
        Assert.Equal("element/1", (await ClaimAsync(job)).Element);
    }

    [Fact]
    public async Task Of_several_crew_calls_of_a_department_the_oldest_counts_and_the_others_are_told()
    {
        var job = await Database.AddJobAsync();
        var oldest = await Database.AddCrewCallAsync(job, "sound", "element-1");
        var second = await Database.AddCrewCallAsync(job, "Sound", "element-2");
        await Database.AddCrewCallAsync(job, "sound", " ");
        var third = await Database.AddCrewCallAsync(job, " sound", "element-3");

        var reading = await ReadAsync(job);

        Assert.Equal(new CrewCallRow(oldest, "element-1"), reading.Call);
        Assert.Equal([new CrewCallRow(second, "element-2"), new CrewCallRow(third, "element-3")], reading.NotSynced);
    }

    [Fact]
    public async Task A_crew_call_without_an_element_is_none()
    {
        var job = await Database.AddJobAsync();
        await Database.AddCrewCallAsync(job, "sound", " ");

        Assert.Null((await ReadAsync(job)).Call);
    }
}
