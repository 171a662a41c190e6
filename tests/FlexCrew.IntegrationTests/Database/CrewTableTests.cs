using FlexCrew.Database;
using FlexCrew.Database.Crew;

namespace FlexCrew.IntegrationTests.Database;

public abstract class CrewTableTests(SchemaKind kind) : DatabaseTest(kind)
{
    private protected CrewTable Table => new(Source);

    protected Guid Job { get; private set; }

    protected Guid Call { get; private set; }

    protected FenceHold Fence { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Job = await Database.AddJobAsync();
        Call = await Database.AddCrewCallAsync(Job);
        Fence = await ClaimAsync(Job);
    }

    [Fact]
    public async Task A_row_that_was_read_can_be_deleted()
    {
        var (gone, kept) = (await AddAsync(), await AddAsync());

        Assert.True(await DeleteAsync(gone));
        Assert.Equal([kept], await RowsAsync());
    }

    [Fact]
    public async Task A_row_whose_line_item_changed_meanwhile_stays()
    {
        var (changed, same) = (await AddAsync(), await AddAsync());
        var read = await RowsAsync();
        var now = changed with { LineItemId = Guid.NewGuid().ToString() };
        await Database.ExecuteAsync(
            $"update flex_crew_assignments set flex_line_item_id = '{now.LineItemId}' where id = @Id", new { changed.Id });

        Assert.True(await DeleteAsync([.. read]));
        Assert.Equal([now], await RowsAsync());
        Assert.DoesNotContain(same, await RowsAsync());
    }

    [Fact]
    public async Task A_row_of_another_crew_call_stays()
    {
        var row = await AddAsync();
        var other = await Database.AddCrewCallAsync(await Database.AddJobAsync());
        await Database.ExecuteAsync(
            "update flex_crew_calls set flex_element_id = (select f.element from flex_crew_fences f)::uuid where id = @other", new { other });

        Assert.True(await Table.DeleteAsync(new RowDeletions(Fence, other, [row], []), default));
        Assert.Equal([row], await RowsAsync());
    }

    [Fact]
    public async Task Deleting_nothing_deletes_nothing()
    {
        var row = await AddAsync();

        Assert.True(await DeleteAsync());
        Assert.Equal([row], await RowsAsync());
    }

    protected Task<bool> DeleteAsync(params CrewRow[] rows) => Table.DeleteAsync(new RowDeletions(Fence, Call, rows, []), default);

    protected async Task<IReadOnlyList<CrewRow>> RowsAsync() => (await ReadAsync(Job)).Rows;

    protected async Task<CrewRow> AddAsync(string? lineItemId = "new", string createdAt = "2026-01-01Z")
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

        Assert.Equal([without, with], await RowsAsync());
        Assert.True(await DeleteAsync(without, with with { LineItemId = null }));
        Assert.Equal([with], await RowsAsync());
    }
}
