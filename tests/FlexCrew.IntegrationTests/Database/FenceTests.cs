using FlexCrew.Database;
using FlexCrew.Database.Crew;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>The fence of an element in Flex: who may claim it, and that nothing is written without it.</summary>
public abstract class FenceTests(SchemaKind kind) : DatabaseTest(kind)
{
    private string element = "";
    private Guid job, call, technician;

    private Fences Fences => new(Source);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        job = await Database.AddJobAsync();
        element = Guid.NewGuid().ToString();
        call = await Database.AddCrewCallAsync(job, "sound", element.ToUpperInvariant());
        technician = await Database.AddTechnicianAsync();
    }

    [Fact]
    public async Task A_free_fence_is_given_to_whoever_claims_it()
    {
        var hold = await ClaimAsync(job);

        Assert.Equal((element, "run-1"), (hold.Element, hold.Holder));
        Assert.True(await Fences.PassAsync(hold, default));
    }

    [Fact]
    public async Task Claiming_again_gives_the_holder_the_same_token()
    {
        var first = await ClaimAsync(job);

        Assert.Equal(first, await ClaimAsync(job));
    }

    [Fact]
    public async Task A_reader_who_names_no_holder_claims_nothing_and_is_told_who_holds_it()
    {
        Assert.Equal(new FenceAnswer(null, 0, false), (await ReadAsync(job)).Fence);
        var hold = await ClaimAsync(job);

        Assert.Equal(new FenceAnswer("run-1", hold.Token, false, IsAlive: true), (await ReadAsync(job)).Fence);
    }

    [Fact]
    public async Task A_fence_that_is_held_is_not_given_and_the_first_who_asks_comes_next()
    {
        var hold = await ClaimAsync(job);

        Assert.Equal(new FenceAnswer("run-1", hold.Token, true, IsAlive: true), (await ReadAsync(job, holder: "run-2")).Fence);
        Assert.Equal(new FenceAnswer("run-1", hold.Token, false, IsAlive: true), (await ReadAsync(job, holder: "run-3")).Fence);
        Assert.True(await Fences.PassAsync(hold, default));
    }

    [Fact]
    public async Task A_fence_that_was_given_back_goes_to_whoever_comes_next_with_a_greater_token()
    {
        var first = await ClaimAsync(job);
        await ReadAsync(job, holder: "run-2");
        await GiveBackAsync("run-1");

        Assert.Null((await ReadAsync(job, holder: "run-3")).Fence!.Holder);
        var second = await ClaimAsync(job, holder: "run-2");

        Assert.True(second.Token > first.Token);
        Assert.False(await Fences.PassAsync(first, default));
        Assert.True((await ReadAsync(job, holder: "run-3")).Fence!.IsNext);
    }

    [Fact]
    public async Task Whoever_came_next_and_asks_no_more_is_not_waited_for()
    {
        await ClaimAsync(job);
        await ReadAsync(job, holder: "run-2");
        await GiveBackAsync("run-1");
        await Database.ExecuteAsync("update flex_crew_fences set next_seen_at = next_seen_at - interval '20 seconds'");

        await ClaimAsync(job, holder: "run-3");
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(61, true)]
    public async Task A_holder_that_was_quiet_for_its_time_has_lost_it_to_the_next_who_claims(int seconds, bool lost)
    {
        var first = await ClaimAsync(job);
        await Database.ExecuteAsync($"update flex_crew_fences set touched_at = clock_timestamp() - interval '{seconds} seconds'");

        Assert.Equal(lost ? "run-2" : "run-1", (await ReadAsync(job, holder: "run-2")).Fence!.Holder);
        Assert.Equal(!lost, await Fences.PassAsync(first, default));
    }

    [Fact]
    public async Task Asking_for_it_tells_the_others_that_the_holder_is_alive()
    {
        var hold = await ClaimAsync(job);
        await Database.ExecuteAsync("update flex_crew_fences set touched_at = clock_timestamp() - interval '61 seconds'");

        Assert.True(await Fences.PassAsync(hold, default));
        Assert.Equal("run-1", (await ReadAsync(job, holder: "run-2")).Fence!.Holder);
    }

    [Fact]
    public async Task Asking_often_writes_seldom()
    {
        var hold = await ClaimAsync(job);
        var version = await VersionAsync();

        for (var i = 0; i < 5; i++) Assert.True(await Fences.PassAsync(hold, default));

        Assert.Equal(version, await VersionAsync());
    }

    [Fact]
    public async Task Of_twenty_that_claim_at_once_one_holds_it_and_one_comes_next()
    {
        var answers = await AtOnceAsync("flex_crew_fences", 20, i => ReadAsync(job, holder: $"run-{i}"));

        var holders = answers.Where((answer, i) => answer.Fence!.Holder == $"run-{i}").ToList();
        Assert.Single(holders);
        Assert.All(answers, answer => Assert.Equal(holders[0].Fence!.Holder, answer.Fence!.Holder));
        Assert.Single(answers, answer => answer.Fence!.IsNext);
    }

    [Fact]
    public async Task Of_twenty_that_claim_what_a_quiet_holder_has_one_gets_it()
    {
        await ClaimAsync(job, holder: "quiet");
        await Database.ExecuteAsync("update flex_crew_fences set touched_at = clock_timestamp() - interval '61 seconds'");

        var answers = await AtOnceAsync("flex_crew_fences", 20, i => ReadAsync(job, holder: $"run-{i}"));

        Assert.Single(answers.Where((answer, i) => answer.Fence!.Holder == $"run-{i}"));
    }

    [Fact]
    public async Task Twenty_that_ask_at_once_for_a_fence_that_was_quiet_all_hold_it()
    {
        var hold = await ClaimAsync(job);
        await Database.ExecuteAsync("update flex_crew_fences set touched_at = clock_timestamp() - interval '30 seconds'");

        var held = await AtOnceAsync("flex_crew_fences", 20, _ => Fences.PassAsync(hold, default));

        Assert.All(held, Assert.True);
    }

    [Fact]
    public async Task Steps_that_ask_again_and_again_at_once_never_take_their_own_run_for_one_that_lost_it()
    {
        var reader = new CrewReader(Source);
        var reading = await reader.ReadAsync(new CrewQuery(job, "sound", "run-1", TimeSpan.FromMilliseconds(8)), default);
        var hold = new FenceHold(element, reading.Fence!.Token, "run-1");

        var held = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            var all = true;
            for (var i = 0; i < 25; i++) all &= await Fences.PassAsync(hold, default)
                && (await reader.DesiredAsync(hold, call, false, default)).IsHeld;
            return all;
        }));

        Assert.All(held, Assert.True);
    }

    [Fact]
    public async Task Crew_calls_that_are_linked_to_one_element_have_one_fence()
    {
        await Database.AddCrewCallAsync(job, "lights", element);
        var hold = await ClaimAsync(job);

        Assert.Equal(new FenceAnswer("run-1", hold.Token, true, IsAlive: true), (await ReadAsync(job, "lights", "run-2")).Fence);
        Assert.Equal(1, await Database.ScalarAsync<int>("select count(*) from flex_crew_fences"));
    }

    [Fact]
    public async Task An_administrator_takes_it_from_whoever_holds_it()
    {
        var hold = await ClaimAsync(job);

        var freed = await Fences.FreeAsync($" {element.ToUpperInvariant()} ", default);

        Assert.Equal((element, "run-1", hold.Token), (freed!.Element, freed.Holder, freed.Token));
        Assert.InRange(DateTime.UtcNow - freed.ClaimedAt, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(30));
        Assert.False(await Fences.PassAsync(hold, default));
        Assert.Null(await Fences.FreeAsync(element, default));
        Assert.True((await ClaimAsync(job, holder: "run-2")).Token > hold.Token);
    }

    [Fact]
    public async Task It_can_be_taken_from_a_run_without_naming_the_element()
    {
        var hold = await ClaimAsync(job);

        Assert.Null(await Fences.FreeHeldByAsync("run-2", default));
        Assert.Equal(element, (await Fences.FreeHeldByAsync("run-1", default))?.Element);
        Assert.False(await Fences.PassAsync(hold, default));
    }

    /// <summary>Lost by take-over, and also where the run itself claimed the fence again after an administrator had freed it.</summary>
    [Theory]
    [InlineData("taken over")]
    [InlineData("freed")]
    [InlineData("claimed anew")]
    public async Task A_lost_fence_writes_nothing(string how)
    {
        var (line, journal, table) = (Guid.NewGuid().ToString(), new AddJournal(Source), new CrewTable(Source));
        var hold = await ClaimAsync(job);
        var other = await Database.AddTechnicianAsync();
        var begun = await journal.BeginAsync(new AddClaim(hold, call, "res-1", [new AddedTechnician(technician, null, null)]), default);
        var row = new CrewRow(await Database.AddCrewRowAsync(call, other, line), other, line);
        await Fences.FreeAsync(element, default);
        if (how != "freed") await ClaimAsync(job, holder: how == "taken over" ? "run-2" : "run-1");
        var before = await WorldAsync();

        Assert.False(await Fences.PassAsync(hold, default));
        Assert.False((await new CrewReader(Source).DesiredAsync(hold, call, true, default)).IsHeld);
        var begin = await journal.BeginAsync(new AddClaim(hold, call, "res-1", begun.Technicians), default);
        Assert.Equal((false, false), (begin.IsHeld, begin.IsWritten));
        Assert.False((await journal.CompleteAsync(new AddClaim(hold, call, "res-1", begun.Technicians), line, true, default)).IsHeld);
        await journal.AbandonAsync(new AddClaim(hold, call, "res-1", begun.Technicians), default);
        Assert.False(await table.DeleteAsync(new RowDeletions(hold, call, [row], ["res-1"]), default));

        Assert.Equal(before, await WorldAsync());
    }

    /// <summary>The fence of the other element guards them by then: two runs would write them at once.</summary>
    [Fact]
    public async Task A_run_writes_no_rows_of_a_crew_call_that_was_linked_to_another_element_meanwhile()
    {
        var (line, journal) = (Guid.NewGuid().ToString(), new AddJournal(Source));
        var hold = await ClaimAsync(job);
        var begun = await journal.BeginAsync(new AddClaim(hold, call, "res-1", [new AddedTechnician(technician, null, null)]), default);
        var other = await Database.AddTechnicianAsync();
        var row = new CrewRow(await Database.AddCrewRowAsync(call, other, line), other, line);
        await Database.ExecuteAsync(
            "update flex_crew_calls set flex_element_id = @element where id = @call", new { element = Guid.NewGuid(), call });
        var before = await WorldAsync();

        var claim = new AddClaim(hold, call, "res-1", begun.Technicians);
        Assert.False((await journal.BeginAsync(claim, default)).IsHeld);
        Assert.False((await journal.CompleteAsync(claim, line, true, default)).IsHeld);
        Assert.False(await new CrewTable(Source).DeleteAsync(new RowDeletions(hold, call, [row], ["res-1"]), default));

        // Who placed the contact is remembered with its element all the same.
        Assert.Equal(line, await Database.ScalarAsync<string>(
            "delete from flex_crew_contacts where element = @Element and placed returning line_item_id", new { hold.Element }));
        Assert.Equal(before, await WorldAsync());
    }

    private Task GiveBackAsync(string holder) => Database.ExecuteAsync(
        "update flex_crew_fences set holder = null, touched_at = clock_timestamp() where holder = @holder", new { holder });

    private Task<string?> VersionAsync() => Database.ScalarAsync<string>("select xmin::text from flex_crew_fences");

    private Task<string?> WorldAsync() => Database.ScalarAsync<string>(
        """
        select concat(
          (select string_agg(to_jsonb(f)::text, ',') from flex_crew_fences f),
          (select string_agg(to_jsonb(p)::text, ',') from flex_crew_fence_passes p),
          (select string_agg(to_jsonb(i)::text, ',') from flex_crew_add_intents i),
          (select string_agg(to_jsonb(a)::text, ',') from flex_crew_assignments a),
          (select string_agg(to_jsonb(c)::text, ',') from flex_crew_contacts c))
        """);
}

public sealed class FencesOnProduction() : FenceTests(SchemaKind.Migrated);

public sealed class FencesOnAdr() : FenceTests(SchemaKind.MigratedAdr);
