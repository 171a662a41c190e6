using FlexCrew.Flex;
using FsCheck;
using FsCheck.Fluent;

namespace FlexCrew.Tests.Flex.CrewCalls;

public sealed class AddContactTests
{
    private static readonly Failure Down = new(FailureKind.FlexUnavailable, "Flex answered HTTP 503", Retryable: true, Status: 503);

    [Fact]
    public async Task An_add_that_is_answered_needs_no_listing()
    {
        var flex = new MemoryFlex();
        var outcome = await AddAsync(flex);
        Assert.Equal(new("line-1", "ana"), outcome.Contact);
        Assert.True(outcome.Created);
        Assert.Equal((0, 1, 0), (flex.Listings, flex.Lines.Count, flex.Scope.Unknowns));
    }

    [Fact]
    public async Task An_add_whose_answer_was_lost_is_found_and_not_sent_again()
    {
        var flex = new MemoryFlex { Fates = { Fate.DoneAnswerLost } };
        var outcome = await AddAsync(flex);
        Assert.IsType<WriteOutcome.Applied>(outcome.Outcome);
        Assert.True(outcome.Created);
        Assert.Equal("line-1", outcome.Contact!.LineItemId);
        Assert.Equal((1, 1, 1), (flex.Writes, flex.Lines.Count, flex.Scope.Unknowns));
    }

    [Fact]
    public async Task An_add_that_Flex_commits_a_little_late_is_waited_for()
    {
        var flex = new MemoryFlex { Fates = { Fate.DoneLater } };
        Assert.Equal("line-1", (await AddAsync(flex)).Contact!.LineItemId);
        Assert.Equal((1, 1), (flex.Writes, flex.Lines.Count));
        Assert.Equal([TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)], flex.Time.Waits);
    }

    [Fact]
    public async Task An_add_that_got_lost_is_sent_again_after_three_listings()
    {
        var flex = new MemoryFlex { Fates = { Fate.LostBeforeFlex } };
        Assert.Equal("line-2", (await AddAsync(flex)).Contact!.LineItemId);
        Assert.Equal((3, 1), (flex.Listings, flex.Lines.Count));
        Assert.Equal([TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], flex.Time.Waits);
    }

    [Fact]
    public async Task After_two_lost_adds_it_is_given_up_as_unknown()
    {
        var flex = new MemoryFlex { Fates = { Fate.LostBeforeFlex, Fate.LostBeforeFlex } };
        var outcome = await AddAsync(flex);
        Assert.Null(outcome.Contact);
        Assert.IsType<WriteOutcome.Unknown>(outcome.Outcome);
        Assert.Equal((2, 6, 2), (flex.Writes, flex.Listings, flex.Scope.Unknowns));
    }

    [Fact]
    public async Task Nothing_is_sent_again_when_the_listing_fails()
    {
        var flex = new MemoryFlex { Fates = { Fate.DoneAnswerLost }, ListingFailures = { Down } };
        var outcome = await AddAsync(flex);
        Assert.Equal(Down, Assert.IsType<WriteOutcome.Unknown>(outcome.Outcome).Failure);
        Assert.Single(flex.Lines);
    }

    [Fact]
    public async Task A_refusal_of_the_second_send_leaves_the_first_one_unknown()
    {
        var flex = new MemoryFlex { Fates = { Fate.LostBeforeFlex, Fate.Refused } };
        Assert.IsType<WriteOutcome.Unknown>((await AddAsync(flex)).Outcome);
    }

    [Fact]
    public async Task A_refusal_is_a_refusal()
    {
        var flex = new MemoryFlex { Fates = { Fate.Refused } };
        Assert.IsType<WriteOutcome.NotApplied>((await AddAsync(flex)).Outcome);
        Assert.Equal((1, 0), (flex.Writes, flex.Listings));
    }

    [Fact]
    public async Task A_contact_that_is_there_already_is_adopted_when_an_earlier_attempt_may_have_made_it()
    {
        var flex = new MemoryFlex().With("ANA");
        var outcome = await AddAsync(flex, listFirst: true);
        Assert.Equal("line-ANA", outcome.Contact!.LineItemId);
        Assert.False(outcome.Created);
        Assert.Equal(0, flex.Writes);
    }

    /// <summary>Somebody placed the same resource by hand after the crew call was read.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Of_several_contacts_nobody_can_tell_which_one_the_add_made(bool listFirst, bool created)
    {
        var flex = new MemoryFlex { Fates = { Fate.DoneAnswerLost }, Lines = { new("line-x", "ana") } };
        if (listFirst) flex.With("ana");

        var outcome = await AddAsync(flex, listFirst);

        Assert.Equal(("line-x", created, false), (outcome.Contact!.LineItemId, outcome.Created, outcome.IsOnly));
    }

    [Fact]
    public async Task Nothing_is_sent_when_the_listing_that_must_come_first_fails()
    {
        var flex = new MemoryFlex { ListingFailures = { Down } };
        Assert.Equal(Down, Assert.IsType<WriteOutcome.Unknown>((await AddAsync(flex, listFirst: true)).Outcome).Failure);
        Assert.Empty(flex.Lines);
    }

    [Fact]
    public async Task Nothing_is_sent_again_when_the_listing_does_not_tell_who_is_who()
    {
        var flex = new MemoryFlex { Fates = { Fate.LostBeforeFlex }, Lines = { new("line-x", null) } };
        Assert.IsType<WriteOutcome.Unknown>((await AddAsync(flex)).Outcome);
        Assert.Equal(1, flex.Writes);
    }

    [Fact]
    public async Task An_add_that_the_guard_refuses_is_not_sent()
    {
        var flex = new MemoryFlex { Guard = { Refusal = new Failure(FailureKind.DeadlineExceeded, "The sync reached its time limit") } };
        var outcome = await AddAsync(flex);
        Assert.Equal(flex.Guard.Refusal, Assert.IsType<WriteOutcome.NotApplied>(outcome.Outcome).Failure);
        Assert.Null(outcome.Contact);
        Assert.Equal((0, 0, 0), (flex.Writes, flex.Listings, flex.Scope.Unknowns));
    }

    [Fact]
    public async Task A_second_send_that_the_guard_refuses_leaves_the_first_one_unknown()
    {
        var flex = new MemoryFlex { Fates = { Fate.LostBeforeFlex } };
        flex.Guard.OnAsk = _ =>
        {
            if (flex.Guard.Asked == 2) flex.Guard.Refusal = new Failure(
                FailureKind.LeaseLost, "Another sync has taken this crew call over");
            return Task.CompletedTask;
        };
        Assert.Equal(FailureKind.LeaseLost, Assert.IsType<WriteOutcome.Unknown>((await AddAsync(flex)).Outcome).Failure.Kind);
        Assert.Equal(1, flex.Writes);
    }

    [Fact]
    public void Whatever_happens_nobody_is_added_twice_and_no_success_is_a_lie()
    {
        var scenario =
            from fates in Gen.Elements(Enum.GetValues<Fate>().Except([Fate.ConfirmedOnly])).ListOf()
            from failures in Gen.Frequency((4, Gen.Constant((Failure?)null)), (1, Gen.Constant((Failure?)Down))).ListOf()
            from listFirst in ArbMap.Default.GeneratorFor<bool>()
            select (Fates: fates.Take(3).ToList(), Failures: failures.Take(9).ToList(), ListFirst: listFirst);

        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(scenario.ToArbitrary(), one =>
        {
            var flex = new MemoryFlex().With("bea");
            one.Fates.ForEach(flex.Fates.Enqueue);
            one.Failures.ForEach(flex.ListingFailures.Enqueue);
            var outcome = AddAsync(flex, one.ListFirst).GetAwaiter().GetResult();
            var anas = flex.Lines.Where(line => line.ResourceId == "ana").ToList();
            return anas.Count <= 1 && outcome.Outcome switch
            {
                WriteOutcome.Applied => anas.Count == 1 && outcome.Contact!.LineItemId == anas[0].LineItemId,
                WriteOutcome.NotApplied => anas.Count == 0 && outcome.Contact is null,
                _ => outcome.Contact is null,
            };
        }));
    }

    private static Task<AddContactOutcome> AddAsync(MemoryFlex flex, bool listFirst = false) =>
        flex.Client().AddContactAsync(new ContactToAdd("cc", "ana", listFirst, new HashSet<string>()), flex.Scope, default);
}
