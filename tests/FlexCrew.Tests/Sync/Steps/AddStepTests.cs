using FlexCrew.Flex;
using FlexCrew.Planning;
using FlexCrew.Sync;
using FlexCrew.Tests.Flex.CrewCalls;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync.Steps;

public sealed class AddStepTests
{
    private static readonly FlexCrewOptions Options = new() { FlexAttemptTimeout = TimeSpan.FromSeconds(15) };

    private readonly MemoryFlex flex = new();
    private readonly MemoryDatabase database;

    public AddStepTests() => database = new MemoryDatabase(flex.Time);

    [Fact]
    public async Task A_contact_is_added_and_mapped_without_a_listing()
    {
        var added = await RunAsync(Unmapped(1), Unmapped(2));

        Assert.Equal(new AddedContact("line-1", Ours: true, BusinessRole: null), added);
        Assert.Equal([(Tech(1), "line-1"), (Tech(2), "line-1")], Mapped());
        Assert.Equal((1, 0, 0, 1), (flex.Writes, flex.Listings, database.Intents.Count, database.Begun));
        Assert.True(database.Placed["line-1"]);
    }

    [Fact]
    public async Task A_contact_that_the_plan_found_is_mapped_and_remembered_as_one_that_somebody_else_placed()
    {
        var added = await RunAsync(new ExistingContact("line-9", null), Unmapped(1));

        Assert.Equal(new AddedContact("line-9", Ours: false, BusinessRole: null), added);
        Assert.Equal([(Tech(1), "line-9")], Mapped());
        Assert.Equal((0, 0, 0), (flex.Writes, flex.Listings, database.Begun));
        Assert.False(database.Placed["line-9"]);
    }

    [Fact]
    public async Task One_that_FlexCrew_placed_by_what_the_plan_knows_is_remembered_so()
    {
        await RunAsync(new ExistingContact("line-9", null, IsPlaced: true), Unmapped(1));

        Assert.True(database.Placed["line-9"]);
    }

    [Fact]
    public async Task Who_is_mapped_to_another_contact_is_mapped_to_the_new_one_and_the_old_one_is_remembered()
    {
        flex.With("old");
        database.Rows.Add(Row(1, "line-old"));

        Assert.Equal("line-1", (await RunAsync(new MappedTechnician(Tech(1), "LINE-old"))).LineItemId);
        Assert.Equal([(Tech(1), "line-1")], Mapped());
        Assert.Equal((true, true), (database.Placed["line-old"], database.Placed["line-1"]));
    }

    /// <summary>What an earlier attempt sent may be on its way for as long as an attempt may take, and a second.</summary>
    [Theory]
    [InlineData(0, 16)]
    [InlineData(10, 6)]
    [InlineData(15.5, 0.5)]
    [InlineData(16, 0)]
    [InlineData(300, 0)]
    public async Task An_add_that_was_begun_already_is_given_the_time_of_an_attempt_and_then_Flex_is_listed(double age, double waited)
    {
        flex.With("r1");
        database.Begin(Tech(1), "r1", TimeSpan.FromSeconds(age));

        var added = await RunAsync(Unmapped(1));

        AssertWaited(waited);
        Assert.Equal(("line-r1", true), (added.LineItemId, added.Ours));
        Assert.Equal((0, 0), (flex.Writes, database.Intents.Count));
        Assert.True(database.Placed["line-r1"]);
    }

    /// <summary>Somebody placed the same resource by hand, and nobody can tell which of the contacts is theirs.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_of_several_contacts_is_not_remembered_as_placed_by_FlexCrew(bool wasBegun)
    {
        flex.Lines.Add(Contact("L1", "r1"));
        if (wasBegun)
        {
            flex.Lines.Add(Contact("L2", "r1"));
            database.Begin(Tech(1), "r1", TimeSpan.FromMinutes(5));
        }

        flex.Fates.Enqueue(Fate.DoneAnswerLost);
        var added = await RunAsync(Unmapped(1));

        Assert.Equal(("L1", false, false), (added.LineItemId, added.Ours, database.Placed["L1"]));
        Assert.Equal(2, flex.Lines.Count);
    }

    [Fact]
    public async Task Where_it_was_not_applied_the_contact_is_added_with_what_was_found()
    {
        database.Begin(Tech(1), "r1", TimeSpan.FromMinutes(5));

        var added = await RunAsync(Unmapped(1));

        Assert.Equal((added.LineItemId, true), (flex.Lines.Single().LineItemId, database.Placed[added.LineItemId]));
        Assert.Equal((1, 1), (flex.Writes, flex.Listings));
        Assert.Equal([(Tech(1), added.LineItemId)], Mapped());
    }

    [Fact]
    public async Task Of_several_adds_that_were_begun_the_youngest_says_how_long_to_wait()
    {
        flex.With("r1");
        database.Begin(Tech(1), "r1", TimeSpan.FromSeconds(40));
        database.Begin(Tech(2), "r1", TimeSpan.FromSeconds(12));

        await RunAsync(Unmapped(1), Unmapped(2));

        AssertWaited(4);
    }

    /// <summary>A second delivery of the step: the first has done it all.</summary>
    [Fact]
    public async Task Who_was_mapped_since_the_plan_was_made_is_left_so_and_nothing_is_added()
    {
        flex.With("r1");
        database.Rows.Add(Row(1, "LINE-R1"));

        var added = await RunAsync(Unmapped(1));

        Assert.Equal(("line-r1", true), (added.LineItemId, added.Ours));
        Assert.Equal((0, 1, 0), (flex.Writes, flex.Listings, flex.Time.Waits.Count));
    }

    [Fact]
    public async Task Who_was_mapped_meanwhile_stays_mapped_to_a_contact_that_is_there()
    {
        flex.Lines.AddRange([Contact("L1", "r1"), Contact("L2", "r1")]);
        database.Rows.Add(Row(1, "l2"));

        Assert.Equal("L2", (await RunAsync(Unmapped(1))).LineItemId);
    }

    /// <summary>As at every listing: an empty one is asked about where the table maps somebody.</summary>
    [Fact]
    public async Task A_listing_that_does_not_show_the_mapped_contact_is_not_believed_at_once()
    {
        flex.With("r1");
        database.Rows.Add(Row(1, "line-r1"));
        flex.Hidden[FlexListing.RowData] = ["line-r1"];

        Assert.Equal("line-r1", (await RunAsync(Unmapped(1))).LineItemId);
        Assert.Equal((0, 2), (flex.Writes, flex.Listings));
    }

    [Fact]
    public async Task The_row_of_somebody_else_is_no_sign_of_an_earlier_add()
    {
        flex.With("r9");
        database.Rows.Add(Row(9, "line-r9"));

        Assert.True((await RunAsync(Unmapped(1))).Ours);
        Assert.Equal(0, flex.Listings);
    }

    [Fact]
    public async Task An_add_that_is_begun_again_and_again_by_others_is_given_up()
    {
        flex.BeforeWrite = () => database.Begin(Tech(1), "r1", TimeSpan.FromMinutes(5));

        Assert.Equal(FailureKind.NotWanted, (await FailureAsync(Unmapped(1))).Kind);
        Assert.Equal(0, flex.Writes);
        Assert.Contains(Tech(1), database.Intents);
    }

    [Fact]
    public async Task A_refused_add_leaves_no_intent()
    {
        flex.Fates.Enqueue(Fate.Refused);

        var failure = await FailureAsync(Unmapped(1));

        Assert.Equal((409, false), (failure.Status, failure.Retryable));
        Assert.Empty(database.Intents);
        Assert.Empty(database.Rows);
    }

    /// <summary>The refusal is of the second attempt: what became of the first is still not known.</summary>
    [Fact]
    public async Task A_refused_add_leaves_the_intent_that_was_open_before()
    {
        flex.Fates.Enqueue(Fate.Refused);
        database.Begin(Tech(1), "r1", TimeSpan.FromMinutes(1));

        await FailureAsync(Unmapped(1));

        Assert.Contains(Tech(1), database.Intents);
    }

    [Fact]
    public async Task An_add_whose_outcome_stays_unknown_keeps_its_intent_and_may_be_tried_again()
    {
        flex.Fates.Enqueue(Fate.LostBeforeFlex);
        flex.Fates.Enqueue(Fate.LostBeforeFlex);

        var failure = await FailureAsync(Unmapped(1));

        Assert.True(failure.Retryable);
        Assert.EndsWith("; whether Flex did it is not known yet", failure.Message);
        Assert.Contains(Tech(1), database.Intents);
        Assert.Equal(2, database.Begun);
    }

    [Fact]
    public async Task An_unknown_outcome_may_be_tried_again_although_the_listing_that_failed_may_not()
    {
        flex.Fates.Enqueue(Fate.DoneAnswerLost);
        flex.ListingFailures.Enqueue(new Failure(FailureKind.FlexToken, "The Flex token was refused"));

        Assert.True((await FailureAsync(Unmapped(1))).Retryable);
    }

    [Theory]
    [InlineData("BeginAsync", 0)]
    [InlineData("CompleteAsync", 1)]
    public async Task Who_loses_the_fence_writes_no_further(string lostAt, int writes)
    {
        database.OnCall = method => { if (method == lostAt) database.Token++; };

        Assert.Equal(FailureKind.LeaseLost, (await FailureAsync(Unmapped(1))).Kind);
        Assert.Equal((writes, 0), (flex.Writes, database.Rows.Count));
    }

    [Fact]
    public async Task A_database_that_is_away_before_the_add_lets_nothing_be_sent()
    {
        database.Break("BeginAsync");

        var failure = await FailureAsync(Unmapped(1));

        Assert.Equal((FailureKind.Database, true), (failure.Kind, failure.Retryable));
        Assert.Equal(0, flex.Writes);
    }

    /// <summary>
    /// The old function, or somebody by hand: they know no fence. Two contacts of one resource would stay if both were kept.
    /// </summary>
    [Fact]
    public async Task Where_another_writer_mapped_the_technician_to_a_contact_of_theirs_theirs_stays_and_ours_goes()
    {
        database.OnCall = method =>
        {
            if (method != "CompleteAsync" || database.Rows.Count > 0) return;
            flex.Lines.Add(Contact("theirs", "r1", ""));
            database.Rows.Add(Row(1, "theirs"));
        };

        var added = await RunAsync(Unmapped(1));

        Assert.Equal(new AddedContact("theirs", Ours: false, ""), added);
        Assert.Equal(["theirs"], flex.Lines.Select(line => line.LineItemId));
        Assert.Equal([(Tech(1), "theirs")], Mapped());
        Assert.Equal(1, flex.Scope.Unknowns);
    }

    [Fact]
    public async Task Where_their_contact_is_not_there_the_technician_is_mapped_to_ours_after_all()
    {
        database.OnCall = method => { if (method == "CompleteAsync" && database.Rows.Count == 0) database.Rows.Add(Row(1, "gone")); };

        Assert.Equal(("line-1", true), ((await RunAsync(Unmapped(1))).LineItemId, database.Placed["line-1"]));
        Assert.Equal([(Tech(1), "line-1")], Mapped());
        Assert.Equal(1, flex.Scope.Unknowns);
    }

    [Fact]
    public async Task An_adopted_contact_stays_where_another_writer_mapped_the_technician_to_a_second_one()
    {
        flex.Lines.AddRange([Contact("L1", "r1"), Contact("theirs", "r1")]);
        database.Rows.Add(Row(1, "theirs"));

        Assert.Equal("theirs", (await RunAsync(new ExistingContact("L1", null), Unmapped(1))).LineItemId);
        Assert.Equal((2, 0), (flex.Lines.Count, flex.Writes));
    }

    private static MappedTechnician Unmapped(int technician) => new(Tech(technician), null);

    private void AssertWaited(double seconds) =>
        Assert.Equal(seconds, flex.Time.Waits.Sum(wait => wait.TotalSeconds), TimeSpan.FromMilliseconds(1).TotalSeconds);

    private async Task<Failure> FailureAsync(params MappedTechnician[] technicians) =>
        (await Assert.ThrowsAsync<StepFailedException>(() => RunAsync(technicians))).Failure;

    private Task<AddedContact> RunAsync(params MappedTechnician[] technicians) => RunAsync(existing: null, technicians);

    private Task<AddedContact> RunAsync(ExistingContact? existing, params MappedTechnician[] technicians) =>
        new AddStep(
            flex.Client(TimeSpan.FromSeconds(0.5)), database, new WriteGuards(database, database, database, flex.Time), Options, flex.Time)
            .RunAsync(new AddInput(Runs.Context, Runs.Target, "r1", technicians, existing), flex.Scope, default);

    private IEnumerable<(Guid, string?)> Mapped() => database.Rows.Select(row => (row.TechnicianId, row.LineItemId));
}
