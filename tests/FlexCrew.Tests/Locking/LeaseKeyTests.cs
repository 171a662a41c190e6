using FlexCrew.Locking;

namespace FlexCrew.Tests.Locking;

public sealed class LeaseKeyTests
{
    private static readonly Guid Job = new("99999999-0000-0000-0000-000000000001");

    [Theory]
    [InlineData("sound"), InlineData("lights"), InlineData("a:b")]
    public void A_key_is_read_as_it_was_written(string department)
    {
        var key = new LeaseKey(Job, department);
        Assert.Equal(key, LeaseKey.Parse(key.ToString()));
    }

    [Theory]
    [InlineData(""), InlineData(":"), InlineData("sound"), InlineData(":sound"), InlineData("not-a-job:sound")]
    [InlineData("99999999-0000-0000-0000-000000000001"), InlineData("99999999-0000-0000-0000-000000000001:")]
    public void Anything_else_is_no_key(string text) => Assert.Null(LeaseKey.Parse(text));
}
