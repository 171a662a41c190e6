using FlexCrew.Flex;

namespace FlexCrew.Tests.Flex.CrewCalls;

public sealed class CheckTokenTests
{
    [Theory]
    [InlineData(FailureKind.FlexRejected, true)]
    [InlineData(FailureKind.FlexUnreadable, true)]
    [InlineData(FailureKind.FlexToken, false)]
    [InlineData(FailureKind.FlexUnavailable, false)]
    public async Task The_token_is_accepted_when_Flex_looks_beyond_it(FailureKind kind, bool accepted)
    {
        var failure = new Failure(kind, "…");
        var flex = new MemoryFlex { Broken = { [FlexListing.Single] = failure } };
        Assert.Equal(accepted ? null : failure, await flex.Client().CheckTokenAsync(flex.Scope, default));
    }

    [Fact]
    public async Task An_element_that_is_there_is_fine_too() =>
        Assert.Null(await new MemoryFlex().Client().CheckTokenAsync(new FlexScope("test"), default));
}
