using FlexCrew.Flex;

namespace FlexCrew.Tests.Flex;

public sealed class FlexOptionsValidatorTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.True(new FlexOptionsValidator().Validate(null, new FlexCrewOptions()).Succeeded);

    [Fact]
    public void Each_value_out_of_range_is_named()
    {
        var result = new FlexOptionsValidator().Validate(null, new FlexCrewOptions
        {
            MaxConcurrentFlexRequests = 0,
            FlexHourlyBudget = 0,
            FlexDailyBudget = 0,
            FlexBudgetPercent = 101,
            FlexMaxAttempts = 0,
            FlexMaxResponseBytes = 0,
            FlexAttemptTimeout = TimeSpan.Zero,
            FlexTotalTimeout = TimeSpan.FromDays(2),
            FlexRetryDelay = TimeSpan.FromSeconds(-1),
            FlexBreakDuration = TimeSpan.Zero,
            UnknownOutcomeDelays = [TimeSpan.FromSeconds(-1)],
        });
        Assert.Equal(
            [
                "MaxConcurrentFlexRequests", "FlexHourlyBudget", "FlexDailyBudget", "FlexBudgetPercent", "FlexMaxAttempts",
                "FlexMaxResponseBytes", "FlexAttemptTimeout", "FlexTotalTimeout", "FlexRetryDelay", "FlexBreakDuration",
                "UnknownOutcomeDelays",
            ],
            result.Failures!.Select(line => line["FlexCrew__".Length..line.IndexOf(' ')]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_000, 100)]
    public void The_ends_of_a_range_belong_to_it(int requests, int percent) =>
        Assert.True(
            new FlexOptionsValidator()
                .Validate(null, new FlexCrewOptions { MaxConcurrentFlexRequests = requests, FlexBudgetPercent = percent }).Succeeded);
}
