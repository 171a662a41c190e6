using FlexCrew.Locking;

namespace FlexCrew.Tests.Locking;

public sealed class HoldersTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly HolderLimits Limits = new(TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(30));

    /// <summary>At the bound itself it is gone; a moment before it is not.</summary>
    [Theory]
    [InlineData(HolderStatus.Running, 630, null, true)]
    [InlineData(HolderStatus.Running, 629.9, null, false)]
    [InlineData(HolderStatus.NotKnown, 630, null, true)]
    [InlineData(HolderStatus.NotKnown, 629.9, null, false)]
    [InlineData(HolderStatus.NotFound, 30, null, true)]
    [InlineData(HolderStatus.NotFound, 29.9, null, false)]
    [InlineData(HolderStatus.Ended, 30, null, true)]
    [InlineData(HolderStatus.Ended, 29.9, null, false)]
    [InlineData(HolderStatus.Ended, 300, 30.0, true)]
    [InlineData(HolderStatus.Ended, 300, 29.9, false)]
    public void A_holder_is_gone_from_the_bound_on(HolderStatus status, double acquired, double? ended, bool gone) => Assert.Equal(
        gone,
        Holders.IsGone(
            new HolderState(status, ended is { } ago ? Now - TimeSpan.FromSeconds(ago) : null), Now - TimeSpan.FromSeconds(acquired),
            Limits, Now));
}
