using FlexCrew.Flex;

namespace FlexCrew.Tests.Flex.CrewCalls;

public sealed class SetBusinessRoleTests
{
    [Fact]
    public async Task A_role_whose_answer_was_lost_is_seen_in_the_listing_and_not_sent_again()
    {
        var flex = new MemoryFlex { Fates = { Fate.DoneAnswerLost } }.With("ana");
        Assert.IsType<WriteOutcome.Applied>(await SetAsync(flex));
        Assert.Equal(("r", 1, 1), (flex.Lines[0].BusinessRole, flex.Writes, flex.Scope.Unknowns));
    }

    [Fact]
    public async Task A_role_that_got_lost_is_sent_once_more()
    {
        var flex = new MemoryFlex { Fates = { Fate.LostBeforeFlex } }.With("ana");
        Assert.IsType<WriteOutcome.Applied>(await SetAsync(flex));
        Assert.Equal(("r", 2), (flex.Lines[0].BusinessRole, flex.Writes));
    }

    [Fact]
    public async Task A_role_that_got_lost_twice_is_unknown()
    {
        var flex = new MemoryFlex { Fates = { Fate.LostBeforeFlex, Fate.LostBeforeFlex } }.With("ana");
        Assert.IsType<WriteOutcome.Unknown>(await SetAsync(flex));
        Assert.Equal((2, 2), (flex.Writes, flex.Scope.Unknowns));
    }

    [Fact]
    public async Task A_role_that_got_lost_is_not_sent_again_over_one_that_somebody_set_meanwhile()
    {
        var flex = new MemoryFlex { Fates = { Fate.LostBeforeFlex }, Lines = { new("line-ana", "ana", "by-hand") } };
        Assert.IsType<WriteOutcome.NotApplied>(await SetAsync(flex));
        Assert.Equal(("by-hand", 1), (flex.Lines[0].BusinessRole, flex.Writes));
    }

    [Fact]
    public async Task A_role_stays_unknown_when_the_listing_fails()
    {
        var down = new Failure(FailureKind.FlexUnavailable, "Flex answered HTTP 503", Retryable: true, Status: 503);
        var flex = new MemoryFlex { Fates = { Fate.LostBeforeFlex }, ListingFailures = { down } }.With("ana");
        Assert.Equal(down, Assert.IsType<WriteOutcome.Unknown>(await SetAsync(flex)).Failure);
    }

    [Fact]
    public async Task A_refused_role_is_refused()
    {
        var flex = new MemoryFlex { Fates = { Fate.Refused } }.With("ana");
        Assert.IsType<WriteOutcome.NotApplied>(await SetAsync(flex));
        Assert.Equal(("", 0), (flex.Lines[0].BusinessRole, flex.Listings));
    }

    [Fact]
    public async Task A_role_that_the_guard_refuses_is_not_sent()
    {
        var flex = new MemoryFlex().With("ana");
        flex.Guard.Refusal = new Failure(FailureKind.LeaseLost, "Another sync has taken this crew call over");
        Assert.Equal(flex.Guard.Refusal, Assert.IsType<WriteOutcome.NotApplied>(await SetAsync(flex)).Failure);
        Assert.Equal(("", 0), (flex.Lines[0].BusinessRole, flex.Writes));
    }

    private static Task<WriteOutcome> SetAsync(MemoryFlex flex) =>
        flex.Client().SetBusinessRoleAsync("cc", "line-ana", "r", flex.Scope, default);
}
