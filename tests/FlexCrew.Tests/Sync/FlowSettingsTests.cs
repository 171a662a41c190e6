using FlexCrew.Contract;

namespace FlexCrew.Tests.Sync;

public sealed class FlowSettingsTests
{
    [Fact]
    public void Without_a_configuration_they_are_those_of_the_documentation()
    {
        var settings = FlowSettings.From(new FlexCrewOptions());

        Assert.Equal(
            (16, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10)),
            (settings.MaxConcurrentAdds, settings.DeadHolderAfter, settings.RunDeadline));
        Assert.Equal([5, 15], settings.StepRetryDelays.Select(delay => delay.TotalSeconds));
        Assert.Equal([1, 5, 15, 60], settings.RetrySchedule.Select(delay => delay.TotalMinutes));
    }

    [Fact]
    public void What_is_configured_counts()
    {
        var settings = FlowSettings.From(new FlexCrewOptions
        {
            MaxConcurrentFlexRequests = 2,
            LeaseTimeout = TimeSpan.FromSeconds(20),
            StepRetryDelays = [TimeSpan.FromSeconds(1)],
            RetrySchedule = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)],
        });

        Assert.Equal((2, TimeSpan.FromSeconds(10)), (settings.MaxConcurrentAdds, settings.DeadHolderAfter));
        Assert.Equal([1], settings.StepRetryDelays.Select(delay => delay.TotalSeconds));
        Assert.Equal([2, 3], settings.RetrySchedule.Select(delay => delay.TotalSeconds));
    }
}
