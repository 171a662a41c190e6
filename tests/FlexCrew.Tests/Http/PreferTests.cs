using FlexCrew.Http.Protocol;
using Microsoft.Extensions.Primitives;

namespace FlexCrew.Tests.Http;

/// <summary>The Prefer header.</summary>
public sealed class PreferTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(100);

    [Theory]
    [InlineData("respond-async", true, null)]
    [InlineData("Respond-Async", true, null)]
    [InlineData(" respond-async ; foo=bar ", true, null)]
    [InlineData("return=minimal, respond-async, handling=lenient", true, null)]
    [InlineData("respond-async, wait=10", true, 10)]
    [InlineData("wait=10", false, 10)]
    [InlineData("WAIT = 10", false, 10)]
    [InlineData("wait=\"10\"", false, 10)]
    [InlineData("wait=0", false, 0)]
    [InlineData("wait=5, wait=50", false, 5)]
    [InlineData("wait=soon, wait=50", false, null)]
    [InlineData("wait=-1", false, null)]
    [InlineData("wait=1.5", false, null)]
    [InlineData("wait=99999999999999999999", false, null)]
    [InlineData("wait", false, null)]
    [InlineData("wait=", false, null)]
    [InlineData("respond-async=false", false, null)]
    [InlineData("respond-async=\"\"", true, null)]
    [InlineData("xrespond-async", false, null)]
    [InlineData("respond-asynchronously", false, null)]
    [InlineData("foo=\"a, respond-async\"", false, null)]
    [InlineData("foo=\"a\\\", respond-async\"", false, null)]
    [InlineData("foo=\"a\", respond-async", true, null)]
    [InlineData("foo; respond-async", false, null)]
    [InlineData("foo=\"unended, respond-async", false, null)]
    [InlineData("foo=\"a\\", false, null)]
    [InlineData(",,;;==,\",", false, null)]
    [InlineData("", false, null)]
    public void Is_read_as_RFC_7240_says(string header, bool respondAsync, int? wait)
    {
        var prefer = Prefer.Parse(header);
        Assert.Equal((respondAsync, (double?)wait), (prefer.RespondAsync, prefer.Wait?.TotalSeconds));
    }

    [Fact]
    public void Several_headers_are_one_list()
    {
        var prefer = Prefer.Parse(new StringValues(["return=minimal", "wait=7", "respond-async"]));
        Assert.Equal(new Prefer(true, TimeSpan.FromSeconds(7)), prefer);
        Assert.Equal(default, Prefer.Parse(StringValues.Empty));
    }

    [Theory]
    [InlineData("", 100)]
    [InlineData("respond-async", 0)]
    [InlineData("respond-async, wait=10", 10)]
    [InlineData("wait=10", 10)]
    [InlineData("wait=0", 0)]
    [InlineData("wait=101", 100)]
    [InlineData("wait=2147483647", 100)]
    public void The_wait_is_as_preferred_but_never_longer_than_allowed(string header, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Prefer.Parse(header).Limit(Longest));
}
