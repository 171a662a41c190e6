using FlexCrew.Database;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>Crew calls of the table that are linked to one element in Flex.</summary>
public abstract class SharedElementTests(SchemaKind kind) : DatabaseTest(kind)
{
    private protected CrewCalls CrewCalls => new(Source);

    private protected CrewTable Table => new(Source);

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
    public async Task An_element_that_no_other_crew_call_has_is_not_shared()
    {
        await Database.AddCrewCallAsync(Job, "lights");
        await Database.AddCrewCallAsync(await Database.AddJobAsync(), "sound");

        Assert.Equal(new CrewCallRow(Sound, Element), await CrewCalls.FindAsync(Job, "sound", default));
    }

    [Fact]
    public async Task An_element_that_another_department_has_is_shared_for_both()
    {
        var lights = await Database.AddCrewCallAsync(Job, "lights", Element);

        Assert.Equal(new CrewCallRow(Sound, Element, IsShared: true), await CrewCalls.FindAsync(Job, "sound", default));
        Assert.Equal(new CrewCallRow(lights, Element, IsShared: true), await CrewCalls.FindAsync(Job, "lights", default));
    }

    [Fact]
    public async Task An_element_that_another_job_has_is_shared_for_both()
    {
        var other = await Database.AddJobAsync();
        var call = await Database.AddCrewCallAsync(other, "sound", Element);

        Assert.Equal(new CrewCallRow(Sound, Element, IsShared: true), await CrewCalls.FindAsync(Job, "sound", default));
        Assert.Equal(new CrewCallRow(call, Element, IsShared: true), await CrewCalls.FindAsync(other, "sound", default));
    }

    [Fact]
    public async Task The_lines_of_siblings_are_those_that_other_departments_and_jobs_map_in_the_element()
    {
        var lights = await Database.AddCrewCallAsync(Job, "lights", Element);
        var other = await Database.AddCrewCallAsync(await Database.AddJobAsync(), "sound", Element);
        var apart = await Database.AddCrewCallAsync(await Database.AddJobAsync(), "sound");
        await MapAsync(Sound);
        await MapAsync(apart);
        string[] lines = [await MapAsync(lights), await MapAsync(lights), await MapAsync(other)];

        Assert.Equal(lines.Order(), (await Table.SiblingLinesAsync(Sound, Element.ToUpperInvariant(), default)).Order());
    }

    [Fact]
    public async Task A_line_that_several_siblings_map_comes_once_also_when_the_crew_call_maps_it_too()
    {
        var line = await MapAsync(Sound);
        await MapAsync(await Database.AddCrewCallAsync(Job, "lights", Element), line);
        await MapAsync(await Database.AddCrewCallAsync(await Database.AddJobAsync(), "lights", Element), line);

        Assert.Equal([line], await Table.SiblingLinesAsync(Sound, Element, default));
    }

    [Fact]
    public async Task A_crew_call_alone_has_no_siblings_nor_has_one_that_points_elsewhere_by_now()
    {
        await MapAsync(Sound);
        Assert.Empty(await Table.SiblingLinesAsync(Sound, Element, default));

        await MapAsync(await Database.AddCrewCallAsync(Job, "lights"));
        Assert.Empty(await Table.SiblingLinesAsync(Sound, Element, default));
    }

    /// <summary>The run goes on with the element that it found: whoever has that one counts, not who has the new one.</summary>
    [Fact]
    public async Task The_siblings_are_those_of_the_element_that_was_found_whatever_the_crew_call_says_by_now()
    {
        var line = await MapAsync(await Database.AddCrewCallAsync(Job, "lights", Element));
        await Database.ExecuteAsync("update public.flex_crew_calls set flex_element_id = gen_random_uuid() where id = @Sound", new { Sound });

        Assert.Equal([line], await Table.SiblingLinesAsync(Sound, Element, default));
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
        var line = await MapAsync(lights, " line ");

        Assert.Equal(new CrewCallRow(Sound, Element, IsShared: true), await CrewCalls.FindAsync(Job, "sound", default));
        Assert.Equal(new CrewCallRow(lights, Element.ToUpperInvariant(), IsShared: true), await CrewCalls.FindAsync(Job, "lights", default));
        Assert.Equal(["line"], await Table.SiblingLinesAsync(Sound, Element, default));
    }

    [Fact]
    public async Task Rows_without_a_line_or_with_a_blank_one_are_no_lines_of_siblings()
    {
        var lights = await Database.AddCrewCallAsync(Job, "lights", Element);
        await Database.AddCrewRowAsync(lights, await Database.AddTechnicianAsync(), null);
        await MapAsync(lights, " ");

        Assert.Empty(await Table.SiblingLinesAsync(Sound, Element, default));
    }

    /// <summary>Of two crew calls of one department only the older is ever synced: the other one's rows are nobody's.</summary>
    [Fact]
    public async Task A_second_row_of_the_same_department_of_the_same_job_shares_with_nobody()
    {
        var second = await Database.AddCrewCallAsync(Job, "Sound ", Element);
        await MapAsync(second);

        Assert.Equal(new CrewCallRow(Sound, Element), await CrewCalls.FindAsync(Job, "sound", default));
        Assert.Empty(await Table.SiblingLinesAsync(Sound, Element, default));
    }

    [Fact]
    public async Task Blank_elements_are_none_and_shared_by_nobody()
    {
        var job = await Database.AddJobAsync();
        await Database.AddCrewCallAsync(job, "sound", "");
        await Database.AddCrewCallAsync(job, "lights", " ");

        Assert.Null(await CrewCalls.FindAsync(job, "sound", default));
        Assert.Null(await CrewCalls.FindAsync(job, "lights", default));
    }
}
