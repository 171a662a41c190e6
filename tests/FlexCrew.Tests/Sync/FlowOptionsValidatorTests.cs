using FlexCrew.Sync;

namespace FlexCrew.Tests.Sync;

public sealed class FlowOptionsValidatorTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.Empty(Refused(new FlexCrewOptions()));

    [Fact]
    public void Nothing_to_wait_for_is_valid() => Assert.Empty(Refused(new FlexCrewOptions
    {
        WaitForResult = TimeSpan.Zero, StepRetryDelays = [TimeSpan.Zero], RetrySchedule = [TimeSpan.Zero], RetryPollInterval = TimeSpan.FromMilliseconds(10),
    }));

    [Fact]
    public void A_day_is_valid_and_no_problem_is_success()
    {
        Assert.Empty(Refused(All(TimeSpan.FromHours(24))));
        Assert.True(new FlowOptionsValidator().Validate(null, new FlexCrewOptions()).Succeeded);
    }

    [Fact]
    public void Each_value_out_of_range_is_named()
    {
        string[] names = ["LeaseTimeout", "RunDeadline", "RetryPollInterval", "WaitForResult", "StepRetryDelays", "RetrySchedule"];
        Assert.Equal(names, Refused(All(TimeSpan.FromSeconds(-1))));
        Assert.Equal(names, Refused(All(TimeSpan.FromHours(25))));
        Assert.Equal(names[..3], Refused(All(TimeSpan.Zero)));
    }

    private static FlexCrewOptions All(TimeSpan value) => new()
    {
        LeaseTimeout = value,
        RunDeadline = value,
        RetryPollInterval = value,
        WaitForResult = value,
        StepRetryDelays = [TimeSpan.FromSeconds(1), value],
        RetrySchedule = [value],
    };

    private static IEnumerable<string> Refused(FlexCrewOptions options) =>
        (new FlowOptionsValidator().Validate(null, options).Failures ?? []).Select(line => line["FlexCrew__".Length..line.IndexOf(' ')]);
}
