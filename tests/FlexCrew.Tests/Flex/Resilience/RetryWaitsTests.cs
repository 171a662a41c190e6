using FlexCrew.Flex.Reading;
using FlexCrew.Flex.Resilience;

namespace FlexCrew.Tests.Flex.Resilience;

public sealed class RetryWaitsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 5)]
    [InlineData(2, 25)]
    [InlineData(3, 30)]
    [InlineData(1_000, 30)]
    public void Waits_after_a_429_that_does_not_say_how_long_grow_fast_up_to_half_a_minute(int retriesSoFar, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryWaits.Before(new() { Status = 429 }, retriesSoFar, TimeSpan.FromSeconds(1)));

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public void What_Flex_asks_for_comes_first(int status) => Assert.Equal(
        TimeSpan.FromSeconds(40),
        RetryWaits.Before(new() { Status = status, RetryAfter = TimeSpan.FromSeconds(40) }, retriesSoFar: 1, TimeSpan.FromSeconds(1)));

    [Theory]
    [InlineData(503)]
    [InlineData(null)]
    public void Everything_else_has_the_usual_back_off(int? status) =>
        Assert.Null(RetryWaits.Before(new FlexReply { Status = status }, retriesSoFar: 1, TimeSpan.FromSeconds(1)));
}
