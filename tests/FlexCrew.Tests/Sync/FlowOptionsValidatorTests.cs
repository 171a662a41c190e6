using FlexCrew.Contract;

namespace FlexCrew.Tests.Sync;

public sealed class FlowOptionsValidatorTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.Empty(Refused(new FlexCrewOptions()));

    [Fact]
    public void Nothing_to_wait_for_is_valid() => Assert.Empty(Refused(new FlexCrewOptions
    {
        WaitForResult = TimeSpan.Zero, StepRetryDelays = [TimeSpan.Zero], RetrySchedule = [TimeSpan.Zero], RetryPollInterval =
            TimeSpan.FromMilliseconds(10),
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

    /// <summary>A holder counts as dead after half of it: what it has sent to Flex must be over by then.</summary>
    [Theory]
    [InlineData(49.9, false)]
    [InlineData(50, true)]
    public void A_lease_time_out_within_which_a_request_of_a_dead_holder_may_end_is_refused(double seconds, bool valid)
    {
        var options = new FlexCrewOptions { FlexAttemptTimeout = TimeSpan.FromSeconds(20), LeaseTimeout = TimeSpan.FromSeconds(seconds) };

        Assert.Equal(valid ? [] : ["LeaseTimeout"], Refused(options));
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
        (new FlowOptionsValidator().Validate(null, options).Failures ?? []).Select(line => line["FlexCrew__".Length..line.IndexOf(' ')])
            .Distinct();
}
