using FlexCrew.Flex.Transport;

namespace FlexCrew.Tests.Flex.Transport;

public sealed class RetryAfterHeaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("7", 7)]
    [InlineData(" 0 ", 0)]
    [InlineData("Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("Sunday, 01-Mar-26 12:00:30 GMT", 30)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData("99999999999999999999999", 86400)]
    [InlineData("Fri, 01 Mar 2030 12:00:00 GMT", 86400)]
    public void Seconds_and_dates_are_read(string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfterHeader.Parse(value, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("7, 8")]
    public void Anything_else_says_nothing(string? value) => Assert.Null(RetryAfterHeader.Parse(value, Now));
}
