using FlexCrew.Database;

namespace FlexCrew.IntegrationTests.Database;

public abstract class CrewTableTests(SchemaKind kind) : DatabaseTest(kind)
{
    private protected CrewTable Table => new(Source);

    protected Guid Call { get; private set; }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Call = await Database.AddCrewCallAsync(await Database.AddJobAsync());
    }

    [Fact]
    public async Task The_rows_of_a_crew_call_come_oldest_first()
    {
        var (first, second) = (await AddAsync(createdAt: "2026-03-01Z"), await AddAsync(createdAt: "2026-01-01Z"));
        var other = await Database.AddCrewCallAsync(await Database.AddJobAsync());
        await Database.AddCrewRowAsync(other, first.TechnicianId, Guid.NewGuid().ToString());

        Assert.Equal([second, first], await Table.RowsAsync(Call, default));
    }

    [Fact]
    public async Task A_row_that_was_read_can_be_deleted()
    {
        var (gone, kept) = (await AddAsync(), await AddAsync());

        Assert.Equal(1, await Table.DeleteAsync(Call, [gone], default));
        Assert.Equal([kept], await Table.RowsAsync(Call, default));
    }

    [Fact]
    public async Task A_row_whose_line_item_changed_meanwhile_stays()
    {
        var (changed, same) = (await AddAsync(), await AddAsync());
        var read = await Table.RowsAsync(Call, default);
        var now = changed with { LineItemId = Guid.NewGuid().ToString() };
        await new AddJournal(Source).CompleteAsync(Call, [changed.TechnicianId], now.LineItemId, default);

        Assert.Equal(1, await Table.DeleteAsync(Call, read, default));
        Assert.Equal([now], await Table.RowsAsync(Call, default));
        Assert.DoesNotContain(same, await Table.RowsAsync(Call, default));
    }

    [Fact]
    public async Task A_row_of_another_crew_call_stays()
    {
        var row = await AddAsync();
        var other = await Database.AddCrewCallAsync(await Database.AddJobAsync());

        Assert.Equal(0, await Table.DeleteAsync(other, [row], default));
        Assert.Equal([row], await Table.RowsAsync(Call, default));
    }

    [Fact]
    public async Task Deleting_nothing_deletes_nothing()
    {
        var row = await AddAsync();

        Assert.Equal(0, await Table.DeleteAsync(Call, [], default));
        Assert.Equal([row], await Table.RowsAsync(Call, default));
    }

    private protected async Task<CrewRow> AddAsync(string? lineItemId = "new", string createdAt = "2026-01-01Z")
    {
        lineItemId = lineItemId == "new" ? Guid.NewGuid().ToString() : lineItemId;
        var technician = await Database.AddTechnicianAsync();
        return new CrewRow(await Database.AddCrewRowAsync(Call, technician, lineItemId, createdAt), technician, lineItemId);
    }
}

public sealed class CrewTableOnProduction() : CrewTableTests(SchemaKind.Migrated);

public sealed class CrewTableOnAdr() : CrewTableTests(SchemaKind.MigratedAdr)
{
    [Fact]
    public async Task A_row_without_a_line_item_can_be_read_and_deleted()
    {
        var (without, with) = (await AddAsync(lineItemId: null), await AddAsync("line/1", "2026-02-01Z"));

        Assert.Equal([without, with], await Table.RowsAsync(Call, default));
        Assert.Equal(1, await Table.DeleteAsync(Call, [without, with with { LineItemId = null }], default));
        Assert.Equal([with], await Table.RowsAsync(Call, default));
    }
}
