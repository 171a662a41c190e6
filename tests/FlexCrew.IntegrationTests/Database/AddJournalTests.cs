using FlexCrew.Database;
using FlexCrew.Database.Crew;

namespace FlexCrew.IntegrationTests.Database;

public abstract class AddJournalTests(SchemaKind kind) : DatabaseTest(kind)
{
    private protected AddJournal Journal => new(Source);

    protected Guid Job { get; private set; }

    protected Guid Call { get; private set; }

    protected Guid Technician { get; private set; }

    protected FenceHold Fence { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Job = await Database.AddJobAsync();
        Call = await Database.AddCrewCallAsync(Job);
        Technician = await Database.AddTechnicianAsync("res-1");
        Fence = await ClaimAsync(Job);
    }

    [Fact]
    public async Task The_first_begin_of_an_add_leaves_an_intent_of_the_run_and_tells_when_it_was_begun()
    {
        var begun = await BeginAsync(Unknown(Technician));

        Assert.Equal((true, true), (begun.IsHeld, begun.IsWritten));
        Assert.Equal([new AddedTechnician(Technician, null, await StartedAsync(Technician))], begun.Technicians);
        Assert.Equal(["run-1"], await OpenAsync());
    }

    [Fact]
    public async Task An_intent_that_the_caller_does_not_know_of_is_told_with_its_age_and_stays_as_it_is()
    {
        await BeginAsync(Unknown(Technician));
        await Database.ExecuteAsync(
            "update flex_crew_add_intents set started_at = started_at - interval '90 seconds', instance_id = 'killed'");

        var begun = await BeginAsync(Unknown(Technician));

        Assert.Equal((true, false), (begun.IsHeld, begun.IsWritten));
        Assert.Equal([new AddedTechnician(Technician, null, await StartedAsync(Technician))], begun.Technicians);
        Assert.InRange(begun.Age, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(120));
        Assert.Equal(["killed"], await OpenAsync());
    }

    [Fact]
    public async Task An_intent_that_the_caller_knows_of_is_renewed()
    {
        var first = await BeginAsync(Unknown(Technician));

        var again = await BeginAsync([.. first.Technicians]);

        Assert.True(again.IsWritten);
        Assert.True(again.Technicians[0].StartedAt > first.Technicians[0].StartedAt);
        Assert.Equal(again.Technicians[0].StartedAt, await StartedAsync(Technician));
    }

    [Fact]
    public async Task A_technician_who_was_mapped_meanwhile_is_told_and_not_begun()
    {
        var line = Guid.NewGuid().ToString();
        await Database.AddCrewRowAsync(Call, Technician, line);

        var unknown = await BeginAsync(Unknown(Technician));
        var known = await BeginAsync([.. unknown.Technicians]);

        Assert.False(unknown.IsWritten);
        Assert.Equal([new AddedTechnician(Technician, line, null)], unknown.Technicians);
        Assert.True(known.IsWritten);
    }

    [Fact]
    public async Task Of_several_technicians_none_is_begun_when_one_of_them_is_begun_already()
    {
        var other = await Database.AddTechnicianAsync("res-1");
        await BeginAsync(Unknown(other));

        var begun = await BeginAsync(Unknown(Technician), Unknown(other), Unknown(Technician));

        Assert.False(begun.IsWritten);
        Assert.Equal(
            [(Technician, false), (other, true)],
            begun.Technicians.Select(one => (one.TechnicianId, one.StartedAt is not null)).OrderBy(one => one.Item2));
        Assert.Equal(other, await Database.ScalarAsync<Guid>("select technician_id from flex_crew_add_intents"));
    }

    /// <summary>What was sent with the old resource id, or to the old element, may have been applied there.</summary>
    [Theory]
    [InlineData("RES-1", false, 1)]
    [InlineData("res-2", false, 2)]
    [InlineData("res-1", true, 2)]
    public async Task An_add_with_another_resource_id_or_to_another_element_is_another_add(string resource, bool isLinkedAnew, int open)
    {
        await BeginAsync(Unknown(Technician));
        if (isLinkedAnew)
        {
            await Database.ExecuteAsync(
                "update flex_crew_calls set flex_element_id = gen_random_uuid() where id = @Call", new { Call });
            Fence = await ClaimAsync(Job);
        }

        var begun = await Journal.BeginAsync(Claim(Unknown(Technician)) with { ResourceId = resource }, default);

        Assert.Equal((true, open > 1), (begun.IsHeld, begun.IsWritten));
        Assert.Equal(open, (await OpenAsync()).Count);
        Assert.Equal(
            isLinkedAnew ? ["res-1"] : open > 1 ? ["res-1", "res-2"] : ["res-1"],
            (await ReadAsync(Job)).BegunResourceIds.Order(StringComparer.Ordinal));

        await Journal.CompleteAsync(
            Claim([.. begun.Technicians]) with { ResourceId = resource }, Guid.NewGuid().ToString(), true, default);
        Assert.Equal(open - 1, (await OpenAsync()).Count);
    }

    [Fact]
    public async Task Of_twenty_that_begin_at_once_one_writes()
    {
        var begun = await AtOnceAsync("flex_crew_add_intents", 20, _ => BeginAsync(Unknown(Technician)));

        Assert.Equal(1, begun.Count(one => one.IsWritten));
        Assert.Equal(await StartedAsync(Technician), begun.Single(one => one.IsWritten).Technicians[0].StartedAt);
    }

    [Fact]
    public async Task Of_twenty_that_know_of_the_same_intent_one_renews_it()
    {
        var first = await BeginAsync(Unknown(Technician));

        var begun = await AtOnceAsync("flex_crew_add_intents", 20, _ => BeginAsync([.. first.Technicians]));

        Assert.Equal(1, begun.Count(one => one.IsWritten));
        Assert.Equal(await StartedAsync(Technician), begun.Single(one => one.IsWritten).Technicians[0].StartedAt);
    }

    [Fact]
    public async Task Completing_an_add_maps_the_line_item_and_clears_the_intents_of_its_technicians()
    {
        var (second, third) = (await Database.AddTechnicianAsync("res-1"), await Database.AddTechnicianAsync("res-3"));
        var begun = await BeginAsync(Unknown(Technician), Unknown(second));
        await BeginAsync(Unknown(third));
        var line = Guid.NewGuid().ToString();

        var completed = await CompleteAsync(line, [.. begun.Technicians, begun.Technicians[0]]);

        Assert.Equal((true, 0), (completed.IsHeld, completed.MappedElsewhere.Count));
        var rows = await RowsAsync();
        Assert.Equal(new[] { Technician, second }.Order(), rows.Select(row => row.TechnicianId).Order());
        Assert.All(rows, row => Assert.Equal(line, row.LineItemId));
        Assert.Equal(third, await Database.ScalarAsync<Guid>("select technician_id from flex_crew_add_intents"));
    }

    [Fact]
    public async Task Completing_replaces_the_line_item_that_the_caller_knows_of()
    {
        var (old, line) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        await CompleteAsync(old, Unknown(Technician));
        var before = Assert.Single(await RowsAsync());

        var completed = await CompleteAsync(line, new AddedTechnician(Technician, old.ToUpperInvariant(), null));

        Assert.Empty(completed.MappedElsewhere);
        Assert.Equal([before with { LineItemId = line }], await RowsAsync());
    }

    [Fact]
    public async Task A_mapping_that_another_writer_changed_stays_and_is_told()
    {
        var theirs = Guid.NewGuid().ToString();
        var begun = await BeginAsync(Unknown(Technician));
        await Database.AddCrewRowAsync(Call, Technician, theirs);

        var completed = await CompleteAsync(Guid.NewGuid().ToString(), [.. begun.Technicians]);

        Assert.Equal([new AddedTechnician(Technician, theirs, null)], completed.MappedElsewhere);
        Assert.Equal(theirs, Assert.Single(await RowsAsync()).LineItemId);
    }

    [Fact]
    public async Task Completing_with_the_line_item_that_is_mapped_already_writes_nothing()
    {
        var line = Guid.NewGuid().ToString();
        await CompleteAsync(line, Unknown(Technician));
        var version = await Database.ScalarAsync<string>("select xmin::text from flex_crew_assignments");

        var completed = await CompleteAsync(line, Unknown(Technician));

        Assert.Empty(completed.MappedElsewhere);
        Assert.Equal(version, await Database.ScalarAsync<string>("select xmin::text from flex_crew_assignments"));
    }

    [Fact]
    public async Task Twenty_that_complete_at_once_leave_the_row_of_one_and_the_others_are_told()
    {
        var lines = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid().ToString()).ToArray();

        var completed = await AtOnceAsync("flex_crew_assignments", 20, i => CompleteAsync(lines[i], Unknown(Technician)));

        var winner = Assert.Single(completed, one => one.MappedElsewhere.Count == 0);
        Assert.Equal(lines[Array.IndexOf(completed, winner)], Assert.Single(await RowsAsync()).LineItemId);
    }

    [Fact]
    public async Task Steps_that_name_the_same_technicians_in_another_order_do_not_deadlock()
    {
        var technicians = new List<Guid>();
        for (var i = 0; i < 12; i++)
            technicians.Add(await Database.AddTechnicianAsync());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            var order = (worker % 2 == 0 ? technicians : Enumerable.Reverse(technicians)).Select(Unknown).ToArray();
            for (var round = 0; round < 40; round++)
            {
                var begun = await BeginAsync(order);
                await CompleteAsync(Guid.NewGuid().ToString(), [.. begun.Technicians]);
            }
        }));

        Assert.Equal(12, (await RowsAsync()).Count);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task Abandoning_clears_the_intents_that_the_caller_began_and_maps_nothing()
    {
        var other = await Database.AddTechnicianAsync();
        var begun = await BeginAsync(Unknown(Technician));
        await BeginAsync(Unknown(other));

        await Journal.AbandonAsync(Claim([.. begun.Technicians]), default);

        Assert.Equal(other, await Database.ScalarAsync<Guid>("select technician_id from flex_crew_add_intents"));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task An_intent_that_somebody_else_renewed_is_not_abandoned()
    {
        var begun = await BeginAsync(Unknown(Technician));
        await BeginAsync([.. begun.Technicians]);

        await Journal.AbandonAsync(Claim([.. begun.Technicians]), default);

        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task An_add_to_a_crew_call_that_is_gone_is_refused()
    {
        var gone = Claim(Unknown(Technician)) with { CrewCallId = Guid.NewGuid() };

        Assert.False((await Journal.BeginAsync(gone, default)).IsHeld);
        Assert.False((await Journal.CompleteAsync(gone, Guid.NewGuid().ToString(), true, default)).IsHeld);

        Assert.Empty(await OpenAsync());
    }

    protected static AddedTechnician Unknown(Guid technician) => new(technician, null, null);

    protected AddClaim Claim(params AddedTechnician[] technicians) => new(Fence, Call, "res-1", technicians);

    protected Task<BegunAdd> BeginAsync(params AddedTechnician[] technicians) => Journal.BeginAsync(Claim(technicians), default);

    protected Task<CompletedAdd> CompleteAsync(string line, params AddedTechnician[] technicians) =>
        Journal.CompleteAsync(Claim(technicians), line, true, default);

    protected async Task<IReadOnlyList<CrewRow>> RowsAsync() => (await ReadAsync(Job)).Rows;

    protected Task<IReadOnlyList<string>> OpenAsync() =>
        Database.RowsAsync<string>("select instance_id from flex_crew_add_intents order by instance_id");

    private Task<DateTime?> StartedAsync(Guid technician) => Database.ScalarAsync<DateTime?>(
        "select started_at from flex_crew_add_intents where technician_id = @technician", new { technician });
}

public sealed class AddJournalOnProduction() : AddJournalTests(SchemaKind.Migrated)
{
    [Fact]
    public async Task A_line_item_id_that_is_no_uuid_is_refused_and_the_intent_stays_open()
    {
        var begun = await BeginAsync(Unknown(Technician));

        var error = await Assert.ThrowsAsync<DatabaseException>(() => CompleteAsync("line/1", [.. begun.Technicians]));

        Assert.Equal("Database query 'complete add' failed (22P02, value of the wrong form)", error.Message);
        Assert.False(error.IsTransient);
        Assert.Empty(await RowsAsync());
        Assert.Equal(["run-1"], await OpenAsync());
    }

    [Fact]
    public async Task Intents_go_with_their_crew_call()
    {
        await BeginAsync(Unknown(Technician));

        await Database.ExecuteAsync("delete from jobs");

        Assert.Empty(await OpenAsync());
    }
}

public sealed class AddJournalOnAdr() : AddJournalTests(SchemaKind.MigratedAdr)
{
    [Fact]
    public async Task A_line_item_id_may_be_any_text()
    {
        await CompleteAsync("line/1; --'", Unknown(Technician));

        Assert.Equal("line/1; --'", Assert.Single(await RowsAsync()).LineItemId);
    }

    [Fact]
    public async Task A_row_without_a_line_item_is_mapped()
    {
        await Database.AddCrewRowAsync(Call, Technician, null);

        var begun = await BeginAsync(Unknown(Technician));
        var completed = await CompleteAsync("line-1", [.. begun.Technicians]);

        Assert.True(begun.IsWritten);
        Assert.Empty(completed.MappedElsewhere);
        Assert.Equal("line-1", Assert.Single(await RowsAsync()).LineItemId);
    }
}
