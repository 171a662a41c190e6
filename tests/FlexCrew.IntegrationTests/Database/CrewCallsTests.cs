using FlexCrew.Database.Crew;

namespace FlexCrew.IntegrationTests.Database;

public abstract class CrewCallsTests(SchemaKind kind) : DatabaseTest(kind)
{
    private protected CrewCalls CrewCalls => new(Source);

    [Fact]
    public async Task The_departments_of_a_job_are_those_of_its_crew_calls()
    {
        var job = await Database.AddJobAsync();
        await Database.AddCrewCallAsync(job, "sound");
        await Database.AddCrewCallAsync(job, "lights");
        await Database.AddCrewCallAsync(await Database.AddJobAsync(), "sound");

        Assert.Equal(["lights", "sound"], await CrewCalls.DepartmentsAsync(job, default));
        Assert.Empty(await CrewCalls.DepartmentsAsync(Guid.NewGuid(), default));
    }

    [Fact]
    public async Task People_are_found_by_their_id_and_by_their_resource()
    {
        var (one, other) = (await Database.AddTechnicianAsync("res-1"), await Database.AddTechnicianAsync(" RES-2 "));
        await Database.AddTechnicianAsync("res-3");

        var people = await CrewCalls.PeopleAsync([one, Guid.NewGuid()], ["res-2 "], default);

        Assert.Equal(new[] { one, other }.Order(), people.Select(person => person.TechnicianId));
        Assert.Empty(await CrewCalls.PeopleAsync([], [], default));
    }
}

public sealed class CrewCallsOnProduction() : CrewCallsTests(SchemaKind.Migrated);

public sealed class CrewCallsOnAdr() : CrewCallsTests(SchemaKind.MigratedAdr)
{
    [Fact]
    public async Task Departments_are_free_text_and_each_is_told_once()
    {
        var job = await Database.AddJobAsync();
        await Database.AddCrewCallAsync(job, " SOUND ");
        await Database.AddCrewCallAsync(job, "Sound");

        Assert.Equal(["sound"], await CrewCalls.DepartmentsAsync(job, default));
    }
}
