using FlexCrew.Sync;

namespace FlexCrew.Tests.Sync;

public sealed class PollDelayTests
{
    [Theory]
    [InlineData(0, 0.05), InlineData(0.049, 0.05), InlineData(0.05, 0.25), InlineData(2, 0.25), InlineData(2.4, 0.3), InlineData(8, 1),
        InlineData(39.2, 4.9), InlineData(40, 5), InlineData(600, 5)]
    public void The_first_wait_is_short_and_the_others_are_an_eighth_of_what_was_waited_within_bounds(double waited, double wait) =>
        Assert.Equal(TimeSpan.FromSeconds(wait), PollDelay.After(TimeSpan.FromSeconds(waited)));

    [Theory]
    [InlineData(0, 1, 0.1), InlineData(0.1, 1, 0.5), InlineData(0.1, 9, 2.5), InlineData(8, 1, 2), InlineData(0, 100, 5)]
    public void It_is_longer_the_more_others_come_first(double waited, int place, double wait) =>
        Assert.Equal(TimeSpan.FromSeconds(wait), PollDelay.After(TimeSpan.FromSeconds(waited), place));
}
