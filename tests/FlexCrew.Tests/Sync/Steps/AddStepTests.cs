using FlexCrew.Flex;
using FlexCrew.Sync;
using FlexCrew.Tests.Flex.CrewCalls;
using FlexCrew.Tests.Sync.Fakes;
using static FlexCrew.Tests.Make;

namespace FlexCrew.Tests.Sync.Steps;

public sealed class AddStepTests
{
    private static readonly FlexCrewOptions Options = new() { FlexAttemptTimeout = TimeSpan.FromSeconds(15) };

    private readonly MemoryFlex flex = new();
    private readonly MemoryTable table = new();

    [Fact]
    public async Task A_contact_is_added_and_mapped_without_a_listing()
    {
        var added = await RunAsync(1, 2);

        Assert.Equal(new AddedContact("line-1", Ours: true, ""), added with { BusinessRole = "" });
        Assert.Equal([(Tech(1), "line-1"), (Tech(2), "line-1")], Mapped());
        Assert.Equal((1, 0, 0), (flex.Writes, flex.Listings, table.Open.Count));
    }

    [Fact]
    public async Task A_contact_that_the_plan_found_is_mapped_and_Flex_is_not_asked()
    {
        var added = await RunAsync(adopt: "line-9");

        Assert.Equal(new AddedContact("line-9", Ours: false, BusinessRole: null), added);
        Assert.Equal([(Tech(1), "line-9")], Mapped());
        Assert.Equal((0, 0), (flex.Writes, flex.Listings));
    }

    /// <summary>What an earlier attempt sent may be on its way for as long as an attempt may take, and a second.</summary>
    [Theory]
    [InlineData(0, 16)]
    [InlineData(10, 6)]
    [InlineData(15.5, 0.5)]
    [InlineData(16, 0)]
    [InlineData(300, 0)]
    public async Task An_open_intent_is_given_the_time_of_an_attempt_and_then_Flex_is_listed(double age, double waited)
    {
        flex.With("r1");
        table.Open[Tech(1)] = TimeSpan.FromSeconds(age);

        var added = await RunAsync();

        Assert.Equal(waited == 0 ? [] : [TimeSpan.FromSeconds(waited)], flex.Time.Waits);
        Assert.Equal(("line-r1", false), (added.LineItemId, added.Ours));
        Assert.Equal((0, 0), (flex.Writes, table.Open.Count));
    }

    [Fact]
    public async Task Of_several_open_intents_the_youngest_says_how_long_to_wait()
    {
        flex.With("r1");
        (table.Open[Tech(1)], table.Open[Tech(2)]) = (TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(12));

        await RunAsync(1, 2);

        Assert.Equal([TimeSpan.FromSeconds(4)], flex.Time.Waits);
    }

    [Fact]
    public async Task Who_is_mapped_already_was_added_by_this_step_before()
    {
        flex.With("r1");
        table.Rows.Add(Row(1, "LINE-R1"));

        var added = await RunAsync();

        Assert.Equal(("line-r1", true), (added.LineItemId, added.Ours));
        Assert.Equal((0, 1), (flex.Writes, flex.Listings));
    }

    /// <summary>An older contact of the resource is found all the same: the next sync prunes one of them, and must know both.</summary>
    [Fact]
    public async Task Who_is_mapped_already_stays_mapped_to_a_contact_that_is_there()
    {
        flex.Lines.AddRange([Contact("L1", "r1"), Contact("L2", "r1")]);
        table.Rows.Add(Row(1, "l2"));

        Assert.Equal("L2", (await RunAsync()).LineItemId);
    }

    /// <summary>As at every listing: an empty one is asked about where the table maps somebody.</summary>
    [Fact]
    public async Task A_listing_that_does_not_show_the_mapped_contact_is_not_believed_at_once()
    {
        flex.With("r1");
        table.Rows.Add(Row(1, "line-r1"));
        flex.Hidden[FlexListing.RowData] = ["line-r1"];

        Assert.Equal("line-r1", (await RunAsync()).LineItemId);
        Assert.Equal((0, 2), (flex.Writes, flex.Listings));
    }

    [Fact]
    public async Task The_row_of_somebody_else_is_no_sign_of_an_earlier_add()
    {
        flex.With("r9");
        table.Rows.Add(Row(9, "line-r9"));

        Assert.True((await RunAsync()).Ours);
        Assert.Equal(0, flex.Listings);
    }

    [Fact]
    public async Task A_refused_add_leaves_no_intent()
    {
        flex.Fates.Enqueue(Fate.Refused);

        var failed = await Assert.ThrowsAsync<StepFailedException>(() => RunAsync());

        Assert.Equal((409, false), (failed.Failure.Status, failed.Failure.Retryable));
        Assert.Empty(table.Open);
        Assert.Empty(table.Rows);
    }

    /// <summary>The refusal is of the second attempt: what became of the first is still not known.</summary>
    [Fact]
    public async Task A_refused_add_leaves_the_intent_that_was_open_before()
    {
        flex.Fates.Enqueue(Fate.Refused);
        table.Open[Tech(1)] = TimeSpan.FromMinutes(1);

        await Assert.ThrowsAsync<StepFailedException>(() => RunAsync());

        Assert.Contains(Tech(1), table.Open);
    }

    [Fact]
    public async Task An_add_whose_outcome_stays_unknown_keeps_its_intent_and_may_be_tried_again()
    {
        flex.Fates.Enqueue(Fate.LostBeforeFlex);
        flex.Fates.Enqueue(Fate.LostBeforeFlex);

        var failed = await Assert.ThrowsAsync<StepFailedException>(() => RunAsync());

        Assert.True(failed.Failure.Retryable);
        Assert.EndsWith("; whether Flex did it is not known yet", failed.Failure.Message);
        Assert.Contains(Tech(1), table.Open);
    }

    [Fact]
    public async Task An_unknown_outcome_may_be_tried_again_although_the_listing_that_failed_may_not()
    {
        flex.Fates.Enqueue(Fate.DoneAnswerLost);
        flex.ListingFailures.Enqueue(new Failure(FailureKind.FlexToken, "The Flex token was refused"));

        var failed = await Assert.ThrowsAsync<StepFailedException>(() => RunAsync());

        Assert.True(failed.Failure.Retryable);
    }

    /// <summary>The age of an intent is to be that of the request: a later run waits by it.</summary>
    [Theory]
    [InlineData(0.4, 1)]
    [InlineData(0.6, 2)]
    [InlineData(50, 2)]
    public async Task An_add_that_had_to_wait_for_its_turn_renews_its_intent_before_it_is_sent(double waited, int begun)
    {
        flex.BeforeWrite = () => flex.Time.Jump(TimeSpan.FromSeconds(waited));

        await RunAsync();

        Assert.Equal(begun, table.Begun);
        Assert.Empty(table.Open);
    }

    private Task<AddedContact> RunAsync(params int[] technicians) => RunAsync(null, technicians);

    private Task<AddedContact> RunAsync(string? adopt, params int[] technicians)
    {
        var input = new AddInput(
            Runs.Context, Guid.Empty, "element", "r1", [.. technicians.DefaultIfEmpty(1).Select(Tech)], adopt);
        return new AddStep(flex.Client(TimeSpan.FromSeconds(0.5)), table, table, Options, flex.Time).RunAsync(input, flex.Scope, default);
    }

    private IEnumerable<(Guid, string?)> Mapped() => table.Rows.Select(row => (row.TechnicianId, row.LineItemId));
}
