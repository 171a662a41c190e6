using FlexCrew.Database;

namespace FlexCrew.IntegrationTests.Database;

public abstract class AddJournalTests(SchemaKind kind) : DatabaseTest(kind)
{
    private protected AddJournal Journal => new(Source);

    private protected CrewTable Table => new(Source);

    protected Guid Call { get; private set; }

    protected Guid Technician { get; private set; }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Call = await Database.AddCrewCallAsync(await Database.AddJobAsync());
        Technician = await Database.AddTechnicianAsync("res-1");
    }

    [Fact]
    public async Task The_first_begin_of_an_add_finds_nothing_open_and_leaves_an_intent()
    {
        Assert.Empty(await BeginAsync(Technician));
        Assert.Equal(["run-1"], await OpenAsync());
    }

    [Fact]
    public async Task An_intent_that_was_left_open_is_told_with_its_age_and_refreshed()
    {
        await BeginAsync(Technician);
        await Database.ExecuteAsync("update flex_crew_add_intents set started_at = started_at - interval '90 seconds'");

        var open = Assert.Single(await BeginAsync(Technician, instance: "run-2"));
        var again = Assert.Single(await BeginAsync(Technician, instance: "run-3"));

        Assert.Equal(Technician, open.TechnicianId);
        Assert.InRange(open.Age, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(120));
        Assert.InRange(again.Age, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal(["run-3"], await OpenAsync());
    }

    [Fact]
    public async Task Only_those_that_were_open_are_told()
    {
        var other = await Database.AddTechnicianAsync("res-1");
        await BeginAsync(other);

        var open = await Journal.BeginAsync(Call, [Technician, other, Technician], "res-1", "run-2", default);

        Assert.Equal([other], open.Select(intent => intent.TechnicianId));
        Assert.Equal(["run-2", "run-2"], await OpenAsync());
    }

    [Fact]
    public async Task Of_twenty_that_begin_at_once_all_but_one_find_the_add_open()
    {
        var begun = await AtOnceAsync("flex_crew_add_intents", 20, i => BeginAsync(Technician, $"run-{i}"));

        Assert.Equal(19, begun.Sum(open => open.Count));
        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task Completing_an_add_maps_the_line_item_and_clears_the_intent()
    {
        var (second, third) = (await Database.AddTechnicianAsync("res-1"), await Database.AddTechnicianAsync("res-3"));
        await Journal.BeginAsync(Call, [Technician, second, third], "res-1", "run-1", default);
        var line = Guid.NewGuid().ToString();

        await Journal.CompleteAsync(Call, [Technician, second, Technician], line, default);

        var rows = await Table.RowsAsync(Call, default);
        Assert.Equal(new[] { Technician, second }.Order(), rows.Select(row => row.TechnicianId).Order());
        Assert.All(rows, row => Assert.Equal(line, row.LineItemId));
        Assert.Equal(third, await Database.ScalarAsync<Guid>("select technician_id from flex_crew_add_intents"));
    }

    [Fact]
    public async Task Completing_again_maps_the_row_that_is_there_to_the_new_line_item()
    {
        await Journal.CompleteAsync(Call, [Technician], Guid.NewGuid().ToString(), default);
        var before = Assert.Single(await Table.RowsAsync(Call, default));
        var line = Guid.NewGuid().ToString();

        await Journal.CompleteAsync(Call, [Technician], line, default);

        Assert.Equal([before with { LineItemId = line }], await Table.RowsAsync(Call, default));
    }

    [Fact]
    public async Task Completing_with_the_line_item_that_is_mapped_already_writes_nothing()
    {
        var line = Guid.NewGuid().ToString();
        await Journal.CompleteAsync(Call, [Technician], line, default);
        var version = await Database.ScalarAsync<string>("select xmin::text from flex_crew_assignments");

        await Journal.CompleteAsync(Call, [Technician], line, default);

        Assert.Equal(version, await Database.ScalarAsync<string>("select xmin::text from flex_crew_assignments"));
    }

    [Fact]
    public async Task Twenty_that_complete_at_once_leave_one_row()
    {
        var lines = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid().ToString()).ToArray();

        await AtOnceAsync("flex_crew_assignments", 20, async i =>
        {
            await Journal.CompleteAsync(Call, [Technician], lines[i], default);
            return i;
        });

        Assert.Contains(Assert.Single(await Table.RowsAsync(Call, default)).LineItemId, lines);
    }

    [Fact]
    public async Task Runs_that_name_the_same_technicians_in_another_order_do_not_deadlock()
    {
        var technicians = new List<Guid>();
        for (var i = 0; i < 12; i++)
            technicians.Add(await Database.AddTechnicianAsync());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            IReadOnlyCollection<Guid> order = worker % 2 == 0 ? technicians : [.. Enumerable.Reverse(technicians)];
            for (var round = 0; round < 40; round++)
            {
                await Journal.BeginAsync(Call, order, "res", $"run-{worker}", default);
                await Journal.CompleteAsync(Call, order, Guid.NewGuid().ToString(), default);
            }
        }));

        Assert.Equal(12, (await Table.RowsAsync(Call, default)).Count);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task Abandoning_clears_the_intents_and_maps_nothing()
    {
        var other = await Database.AddTechnicianAsync();
        await BeginAsync(Technician);
        await BeginAsync(other, "run-2");

        await Journal.AbandonAsync(Call, [Technician], default);

        Assert.Equal(["run-2"], await OpenAsync());
        Assert.Empty(await Table.RowsAsync(Call, default));
        Assert.Empty(await BeginAsync(Technician));
    }

    [Fact]
    public async Task An_add_to_a_crew_call_that_is_gone_is_refused()
    {
        var gone = Guid.NewGuid();

        var begin = await Assert.ThrowsAsync<DatabaseException>(
            () => Journal.BeginAsync(gone, [Technician], "res-1", "run-1", default));
        await Assert.ThrowsAsync<DatabaseException>(
            () => Journal.CompleteAsync(gone, [Technician], Guid.NewGuid().ToString(), default));

        Assert.Equal("Database query 'begin add' failed (23503, row it belongs to is gone)", begin.Message);
        Assert.False(begin.IsTransient);
        Assert.Empty(await OpenAsync());
    }

    private protected Task<IReadOnlyList<OpenIntent>> BeginAsync(Guid technician, string instance = "run-1") =>
        Journal.BeginAsync(Call, [technician], "res-1", instance, default);

    protected Task<IReadOnlyList<string>> OpenAsync() =>
        Database.RowsAsync<string>("select instance_id from flex_crew_add_intents order by instance_id");

    /// <summary>Holds the table until all calls wait at it, then lets them go at once.</summary>
    private async Task<T[]> AtOnceAsync<T>(string table, int count, Func<int, Task<T>> call)
    {
        await using var connection = await Database.OpenAsync();
        await using var gate = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"lock table {table} in exclusive mode";
        await command.ExecuteNonQueryAsync();
        var calls = Enumerable.Range(0, count).Select(call).ToArray();
        await UntilWaitingForLocksAsync(count);
        await gate.CommitAsync();
        return await Task.WhenAll(calls);
    }
}

public sealed class AddJournalOnProduction() : AddJournalTests(SchemaKind.Migrated)
{
    [Fact]
    public async Task A_line_item_id_that_is_no_uuid_is_refused_and_the_intent_stays_open()
    {
        await BeginAsync(Technician);

        var error = await Assert.ThrowsAsync<DatabaseException>(
            () => Journal.CompleteAsync(Call, [Technician], "line/1", default));

        Assert.Equal("Database query 'complete add' failed (22P02, value of the wrong form)", error.Message);
        Assert.False(error.IsTransient);
        Assert.Empty(await Table.RowsAsync(Call, default));
        Assert.Equal(["run-1"], await OpenAsync());
    }

    [Fact]
    public async Task Intents_go_with_their_crew_call()
    {
        await BeginAsync(Technician);

        await Database.ExecuteAsync("delete from jobs");

        Assert.Empty(await OpenAsync());
    }
}

public sealed class AddJournalOnAdr() : AddJournalTests(SchemaKind.MigratedAdr)
{
    [Fact]
    public async Task A_line_item_id_may_be_any_text()
    {
        await Journal.CompleteAsync(Call, [Technician], "line/1; --'", default);

        Assert.Equal("line/1; --'", Assert.Single(await Table.RowsAsync(Call, default)).LineItemId);
    }
}
