using FlexCrew.Database;
using FlexCrew.Database.Crew;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>What is remembered of contacts: who placed them.</summary>
public abstract class KnownContactTests(SchemaKind kind) : DatabaseTest(kind)
{
    private readonly string line = Guid.NewGuid().ToString();
    private Guid job, call, technician;
    private FenceHold fence = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        job = await Database.AddJobAsync();
        call = await Database.AddCrewCallAsync(job);
        technician = await Database.AddTechnicianAsync();
        fence = await ClaimAsync(job);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_contact_is_remembered_when_it_is_mapped_and_whether_FlexCrew_placed_it(bool placed)
    {
        await CompleteAsync(line.ToUpperInvariant(), placed);

        Assert.Equal([new KnownContactRow(line, placed)], await KnownAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_remembered_first_stays(bool placed)
    {
        await CompleteAsync(line, placed);

        await CompleteAsync(line, !placed, known: line);

        Assert.Equal([new KnownContactRow(line, placed)], await KnownAsync());
    }

    [Fact]
    public async Task A_contact_that_another_takes_the_place_of_is_remembered_as_placed()
    {
        await Database.AddCrewRowAsync(call, technician, line);
        var newer = Guid.NewGuid().ToString();

        await CompleteAsync(newer, placed: false, known: line);

        Assert.Equal(
            new[] { new KnownContactRow(line, true), new KnownContactRow(newer, false) }.OrderBy(known => known.LineItemId),
            (await KnownAsync()).OrderBy(known => known.LineItemId));
    }

    [Fact]
    public async Task A_contact_that_stays_when_its_row_goes_is_remembered_as_placed()
    {
        await DeleteAsync(await RowAsync());

        Assert.Equal([new KnownContactRow(line, true)], await KnownAsync());
    }

    [Fact]
    public async Task A_contact_that_somebody_else_placed_is_still_theirs_when_its_row_goes()
    {
        await CompleteAsync(line, placed: false);

        await DeleteAsync(Assert.Single((await ReadAsync(job)).Rows));

        Assert.Equal([new KnownContactRow(line, false)], await KnownAsync());
    }

    /// <summary>Whether it is gone is not known for certain: Flex may list it again.</summary>
    [Fact]
    public async Task A_contact_that_seems_to_be_gone_is_remembered_too()
    {
        var row = await RowAsync();
        await CompleteAsync(line, placed: true, known: line);

        await DeleteAsync(row, gone: "res-1");

        Assert.Equal([new KnownContactRow(line, true)], await KnownAsync());
        Assert.Empty((await ReadAsync(job)).Rows);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_contact_that_a_table_maps_already_counts_as_placed_by_FlexCrew(bool isLinked)
    {
        var crewCall = isLinked ? await Database.AddCrewCallAsync(job, "lights", fence.Element) : call;
        await Database.AddCrewRowAsync(crewCall, await Database.AddTechnicianAsync(), line);

        await CompleteAsync(line, placed: false);

        Assert.Equal([new KnownContactRow(line, true)], await KnownAsync());
    }

    [Fact]
    public async Task The_adds_of_a_resource_that_were_not_seen_to_end_are_told_and_end_with_its_contact_in_each_crew_call_of_the_element()
    {
        var lights = await Database.AddCrewCallAsync(job, "lights", fence.Element);
        var elsewhere = await Database.AddJobAsync();
        var apart = await Database.AddCrewCallAsync(elsewhere);
        foreach (var (crewCall, resource) in new[] { (call, "res-1"), (lights, "res-1"), (lights, "res-2"), (apart, "res-1") })
            await Database.ExecuteAsync(
                """
                insert into flex_crew_add_intents (crew_call_id, technician_id, element, flex_resource_id, instance_id, started_at)
                select c.id, @technician, lower(btrim(c.flex_element_id::text)), @resource, 'killed', now()
                from flex_crew_calls c where c.id = @crewCall
                """,
                new { crewCall, technician = await Database.AddTechnicianAsync(), resource });
        Assert.Equal(["res-1", "res-2"], (await ReadAsync(job)).BegunResourceIds.Order(StringComparer.Ordinal));

        await DeleteAsync(await RowAsync(), gone: "Res-1");

        Assert.Equal(["res-2"], (await ReadAsync(job)).BegunResourceIds);
        Assert.Equal(["res-1"], (await ReadAsync(elsewhere)).BegunResourceIds);
    }

    [Fact]
    public async Task Contacts_of_other_elements_are_not_told()
    {
        var other = await Database.AddJobAsync();
        await Database.AddCrewCallAsync(other);
        await CompleteAsync(line, placed: false);

        Assert.Empty((await ReadAsync(other)).Contacts);
    }

    private Task<CompletedAdd> CompleteAsync(string lineItemId, bool placed, string? known = null) => new AddJournal(Source).CompleteAsync(
        new AddClaim(fence, call, "res-1", [new AddedTechnician(technician, known, null)]), lineItemId, placed, default);

    private async Task<CrewRow> RowAsync() => new(await Database.AddCrewRowAsync(call, technician, line), technician, line);

    private Task<bool> DeleteAsync(CrewRow row, params string[] gone) =>
        new CrewTable(Source).DeleteAsync(new RowDeletions(fence, call, [row], gone), default);

    private async Task<IReadOnlyList<KnownContactRow>> KnownAsync() => (await ReadAsync(job)).Contacts;
}

public sealed class KnownContactsOnProduction() : KnownContactTests(SchemaKind.Migrated);

public sealed class KnownContactsOnAdr() : KnownContactTests(SchemaKind.MigratedAdr);
