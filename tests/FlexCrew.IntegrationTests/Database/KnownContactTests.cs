using FlexCrew.Database;

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

    [Fact]
    public async Task A_contact_that_is_gone_is_forgotten()
    {
        var row = await RowAsync();
        await CompleteAsync(line, placed: true, known: line);

        await DeleteAsync(row, gone: line.ToUpperInvariant());

        Assert.Empty(await KnownAsync());
        Assert.Empty((await ReadAsync(job)).Rows);
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
        new AddClaim(fence, call, [new AddedTechnician(technician, known, null)]), lineItemId, placed, default);

    private async Task<CrewRow> RowAsync() => new(await Database.AddCrewRowAsync(call, technician, line), technician, line);

    private Task<bool> DeleteAsync(CrewRow row, params string[] gone) =>
        new CrewTable(Source).DeleteAsync(new RowDeletions(fence, call, [row], gone), default);

    private async Task<IReadOnlyList<KnownContactRow>> KnownAsync() => (await ReadAsync(job)).Contacts;
}

public sealed class KnownContactsOnProduction() : KnownContactTests(SchemaKind.Migrated);

public sealed class KnownContactsOnAdr() : KnownContactTests(SchemaKind.MigratedAdr);
