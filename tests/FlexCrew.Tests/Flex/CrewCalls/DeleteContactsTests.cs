using FlexCrew.Flex;
using FsCheck;
using FsCheck.Fluent;

namespace FlexCrew.Tests.Flex.CrewCalls;

public sealed class DeleteContactsTests
{
    private static readonly Failure Down = new(FailureKind.FlexUnavailable, "Flex answered HTTP 503", Retryable: true, Status: 503);
    private static readonly Failure NotFound = new(FailureKind.FlexRejected, "Flex answered HTTP 404", Status: 404);

    [Fact]
    public async Task Nothing_to_delete_costs_nothing()
    {
        var flex = new MemoryFlex().With("ana");
        var outcome = await DeleteAsync(flex);
        Assert.Empty(outcome.Deleted);
        Assert.Equal((0, 0), (flex.Writes, flex.Listings));
    }

    [Fact]
    public async Task One_line_item_is_deleted_by_one_request_and_looked_for_by_one_listing()
    {
        var flex = new MemoryFlex().With("ana", "bea");
        Assert.Equal(["line-ana"], (await DeleteAsync(flex, "line-ana", "line-ana")).Deleted);
        Assert.Equal(("line-bea", 1, 1), (Assert.Single(flex.Lines).LineItemId, flex.Writes, flex.Listings));
    }

    [Fact]
    public async Task A_single_delete_that_is_confirmed_and_not_done_is_sent_once_more_and_then_not_believed()
    {
        var flex = new MemoryFlex { Fates = { Fate.ConfirmedOnly } }.With("ana", "bea");
        Assert.Equal(["line-ana"], (await DeleteAsync(flex, "line-ana")).Deleted);
        Assert.Equal(("line-bea", 2), (Assert.Single(flex.Lines).LineItemId, flex.Writes));

        flex = new MemoryFlex { Fates = { Fate.ConfirmedOnly, Fate.ConfirmedOnly } }.With("ana", "bea");
        var (lineItem, failure) = Assert.Single((await DeleteAsync(flex, "line-ana")).Remaining);
        Assert.Equal(("line-ana", "Flex confirmed the deletion and lists the contact all the same"), (lineItem, failure.Message));
        Assert.Equal((2, 2, 0), (flex.Lines.Count, flex.Writes, flex.Scope.Unknowns));
    }

    [Fact]
    public async Task Single_deletes_share_one_listing_and_those_that_were_done_count()
    {
        var flex = new MemoryFlex { BulkKey = null, RefusesOtherKeys = true }.With("ana", "bea", "carl", "dora");
        for (var sent = 0; sent < 2; sent++)
            flex.Fates.Enqueue(Fate.ConfirmedOnly);
        var outcome = await DeleteAsync(flex, "line-ana", "line-bea", "line-carl");
        Assert.Equal(["line-ana", "line-bea", "line-carl"], outcome.Deleted.Order());
        Assert.Equal(("line-dora", 3 + 3 + 2, 2), (Assert.Single(flex.Lines).LineItemId, flex.Writes, flex.Listings));
    }

    [Fact]
    public async Task The_only_contact_can_be_deleted_and_an_empty_listing_is_asked_about()
    {
        var flex = new MemoryFlex().With("ana");
        Assert.Equal(["line-ana"], (await DeleteAsync(flex, "line-ana")).Deleted);
        Assert.Equal((1, 2), (flex.Writes, flex.Listings));

        flex = new MemoryFlex { Fates = { Fate.ConfirmedOnly, Fate.ConfirmedOnly } }.With("ana");
        flex.Hidden[FlexListing.RowData] = ["line-ana"];
        Assert.Equal("line-ana", Assert.Single((await DeleteAsync(flex, "line-ana")).Remaining).Key);
    }

    [Fact]
    public async Task A_single_delete_that_cannot_be_verified_is_not_believed()
    {
        var flex = new MemoryFlex { ListingFailures = { Down } }.With("ana", "bea");
        Assert.Equal(("line-ana", Down), Map(Assert.Single((await DeleteAsync(flex, "line-ana")).Remaining)));

        static (string, Failure) Map(KeyValuePair<string, Failure> left) => (left.Key, left.Value);
    }

    [Theory]
    [InlineData("lineItemIds", true, 1)]
    [InlineData("lineItemId", true, 2)]
    [InlineData("ids", true, 3)]
    [InlineData("lineItemIds", false, 1)]
    [InlineData("lineItemId", false, 2)]
    [InlineData("ids", false, 3)]
    [InlineData(null, true, 5)]
    [InlineData(null, false, 5)]
    public async Task Several_are_deleted_by_the_key_that_works_else_one_by_one(string? key, bool refuses, int writes)
    {
        var flex = new MemoryFlex { BulkKey = key, RefusesOtherKeys = refuses }.With("ana", "bea", "carl");
        var outcome = await DeleteAsync(flex, "line-ana", "line-bea");
        Assert.Equal(["line-ana", "line-bea"], outcome.Deleted.Order());
        Assert.Empty(outcome.Remaining);
        Assert.Equal(("line-carl", writes), (Assert.Single(flex.Lines).LineItemId, flex.Writes));
    }

    [Fact]
    public async Task The_key_that_works_is_remembered()
    {
        var flex = new MemoryFlex { BulkKey = "ids" }.With("a", "b", "c", "d");
        var client = flex.Client();
        await client.DeleteContactsAsync("cc", ["line-a", "line-b"], flex.Scope, default);
        var before = flex.Writes;
        await client.DeleteContactsAsync("cc", ["line-c", "line-d"], flex.Scope, default);
        Assert.Empty(flex.Lines);
        Assert.Equal(1, flex.Writes - before);
    }

    [Fact]
    public async Task Those_that_are_gone_already_count_as_deleted()
    {
        var flex = new MemoryFlex().With("ana", "bea");
        var outcome = await DeleteAsync(flex, "line-gone", "line-ana");
        Assert.Equal(["line-ana", "line-gone"], outcome.Deleted.Order());
        Assert.Equal("line-bea", Assert.Single(flex.Lines).LineItemId);
    }

    [Fact]
    public async Task A_verification_that_fails_leaves_them_remaining()
    {
        var flex = new MemoryFlex { ListingFailures = { Down } }.With("ana", "bea", "carl");
        var outcome = await DeleteAsync(flex, "line-ana", "line-bea");
        Assert.Empty(outcome.Deleted);
        Assert.Equal([("line-ana", Down), ("line-bea", Down)], outcome.Remaining.Select(one => (one.Key, one.Value)).Order());
    }

    [Fact]
    public async Task A_whole_crew_can_be_deleted_where_only_one_endpoint_lists()
    {
        var flex = new MemoryFlex().With("ana", "bea");
        (flex.Broken[FlexListing.LineItems], flex.Broken[FlexListing.Children], flex.Broken[FlexListing.Single]) =
            (NotFound, NotFound, NotFound);
        Assert.Equal(["line-ana", "line-bea"], (await DeleteAsync(flex, "line-ana", "line-bea")).Deleted.Order());
    }

    [Fact]
    public async Task An_empty_listing_after_a_delete_that_did_nothing_is_asked_about()
    {
        var flex = new MemoryFlex { BulkKey = null }.With("ana", "bea");
        flex.Hidden[FlexListing.RowData] = ["line-ana", "line-bea"];
        await DeleteAsync(flex, "line-ana", "line-bea");
        Assert.Empty(flex.Lines);
    }

    [Fact]
    public async Task A_refused_token_or_an_outage_stops_the_delete()
    {
        foreach (var fate in new[] { Fate.TokenRefused, Fate.Unavailable })
        {
            var flex = new MemoryFlex { Fates = { fate } }.With("ana", "bea");
            var outcome = await DeleteAsync(flex, "line-ana", "line-bea");
            Assert.Equal((1, 2, 2), (flex.Writes, flex.Lines.Count, outcome.Remaining.Count));
        }
    }

    [Fact]
    public async Task A_refused_token_stops_the_single_deletes_early()
    {
        var flex = new MemoryFlex { RefusesOtherKeys = true, BulkKey = null }.With([.. Enumerable.Range(0, 50).Select(n => $"r{n}")]);
        for (var n = 0; n < 50; n++)
            flex.Fates.Enqueue(Fate.TokenRefused);
        var outcome = await DeleteAsync(flex, [.. flex.Lines.Select(line => line.LineItemId)]);
        Assert.Equal(50, outcome.Remaining.Count);
        Assert.All(outcome.Remaining.Values, failure => Assert.Equal(FailureKind.FlexToken, failure.Kind));
        Assert.InRange(flex.Writes, 4, 10);
    }

    [Fact]
    public async Task A_single_delete_whose_answer_was_lost_is_seen_in_the_listing()
    {
        var flex = new MemoryFlex { Fates = { Fate.DoneAnswerLost } }.With("ana", "bea");
        Assert.Equal(["line-ana"], (await DeleteAsync(flex, "line-ana")).Deleted);
        Assert.Equal((1, 1), (flex.Writes, flex.Scope.Unknowns));
    }

    [Fact]
    public async Task A_single_delete_that_got_lost_is_sent_once_more_and_then_given_up()
    {
        var flex = new MemoryFlex { Fates = { Fate.LostBeforeFlex } }.With("ana", "bea");
        Assert.Equal(["line-ana"], (await DeleteAsync(flex, "line-ana")).Deleted);
        Assert.Equal("line-bea", Assert.Single(flex.Lines).LineItemId);

        flex = new MemoryFlex { Fates = { Fate.LostBeforeFlex, Fate.LostBeforeFlex } }.With("ana", "bea");
        Assert.Equal("line-ana", Assert.Single((await DeleteAsync(flex, "line-ana")).Remaining).Key);
        Assert.Equal(2, flex.Writes);
    }

    [Theory]
    [InlineData("lineItemIds")]
    [InlineData(null)]
    public async Task Line_items_that_the_guard_spares_stay_and_are_told_apart(string? key)
    {
        var flex = new MemoryFlex { BulkKey = key }.With("ana", "bea", "carl");
        flex.Guard.Spares.Add("LINE-BEA");
        var outcome = await DeleteAsync(flex, "line-ana", "line-bea", "line-carl");
        Assert.Equal(["line-ana", "line-carl"], outcome.Deleted.Order());
        Assert.Equal(["line-bea"], outcome.Spared);
        Assert.Empty(outcome.Remaining);
        Assert.Equal("line-bea", Assert.Single(flex.Lines).LineItemId);
    }

    [Theory]
    [InlineData("line-ana")]
    [InlineData("line-ana", "line-bea")]
    public async Task Where_the_guard_spares_all_nothing_is_sent_and_nothing_is_looked_for(params string[] lines)
    {
        var flex = new MemoryFlex().With("ana", "bea");
        flex.Guard.Spares.UnionWith(lines);
        var outcome = await DeleteAsync(flex, lines);
        Assert.Equal(lines, outcome.Spared);
        Assert.Empty(outcome.Remaining);
        Assert.Equal((0, 0, 2), (flex.Writes, flex.Listings, flex.Lines.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_write_that_the_guard_refuses_is_not_sent_and_the_reason_is_told(int count)
    {
        var flex = new MemoryFlex().With("ana", "bea", "carl");
        flex.Guard.Refusal = new Failure(FailureKind.LeaseLost, "Another sync has taken this crew call over");
        var outcome = await DeleteAsync(flex, [.. flex.Lines.Take(count).Select(line => line.LineItemId)]);
        Assert.Equal(count, outcome.Remaining.Count);
        Assert.All(outcome.Remaining.Values, failure => Assert.Equal(FailureKind.LeaseLost, failure.Kind));
        Assert.Equal((0, 3, 0), (flex.Writes, flex.Lines.Count, outcome.Deleted.Count));
    }

    [Fact]
    public void Whatever_happens_each_line_item_is_accounted_for_once_and_no_deletion_is_a_lie()
    {
        var scenario =
            from fates in Gen.Elements(Enum.GetValues<Fate>()).ListOf()
            from failures in Gen.Frequency((4, Gen.Constant((Failure?)null)), (1, Gen.Constant((Failure?)Down))).ListOf()
            from key in Gen.Elements("lineItemIds", "ids", null)
            from refuses in ArbMap.Default.GeneratorFor<bool>()
            from count in Gen.Choose(1, 4)
            from spared in Gen.Choose(0, 4)
            select (Fates: fates.Take(8).ToList(), Failures: failures.Take(6).ToList(), Key: key, Refuses: refuses, Count: count,
                Spared: spared);

        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(scenario.ToArbitrary(), one =>
        {
            var flex = new MemoryFlex { BulkKey = one.Key, RefusesOtherKeys = one.Refuses }.With("a", "b", "c", "d", "stays");
            one.Fates.ForEach(flex.Fates.Enqueue);
            one.Failures.ForEach(flex.ListingFailures.Enqueue);
            var doomed = flex.Lines.Take(one.Count).Select(line => line.LineItemId).ToArray();
            flex.Guard.Spares.UnionWith(flex.Lines.Skip(one.Spared).Take(1).Select(line => line.LineItemId));
            var outcome = DeleteAsync(flex, doomed).GetAwaiter().GetResult();
            return outcome.Deleted.Concat(outcome.Remaining.Keys).Concat(outcome.Spared).Order().SequenceEqual(doomed)
                && flex.Guard.Spares.All(spared => flex.Lines.Exists(line => line.LineItemId == spared))
                && !outcome.Deleted.Intersect(flex.Lines.Select(line => line.LineItemId)).Any()
                && flex.Lines.Count(line => !doomed.Contains(line.LineItemId)) == 5 - one.Count;
        }));
    }

    private static Task<DeleteContactsOutcome> DeleteAsync(MemoryFlex flex, params string[] lineItemIds) =>
        flex.Client().DeleteContactsAsync("cc", lineItemIds, flex.Scope, default);
}
