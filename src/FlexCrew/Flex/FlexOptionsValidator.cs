using Microsoft.Extensions.Options;

namespace FlexCrew.Flex;

/// <summary>Refuses tuning values that the client cannot work with, naming each.</summary>
internal sealed class FlexOptionsValidator : IValidateOptions<FlexCrewOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    public ValidateOptionsResult Validate(string? name, FlexCrewOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(FlexCrewOptions options) =>
    [
        .. Between(nameof(options.MaxConcurrentFlexRequests), options.MaxConcurrentFlexRequests, 1, 1_000),
        .. AtLeastOne(nameof(options.FlexHourlyBudget), options.FlexHourlyBudget),
        .. AtLeastOne(nameof(options.FlexDailyBudget), options.FlexDailyBudget),
        .. Between(nameof(options.FlexBudgetPercent), options.FlexBudgetPercent, 1, 100),
        .. AtLeastOne(nameof(options.FlexMaxAttempts), options.FlexMaxAttempts),
        .. AtLeastOne(nameof(options.FlexMaxResponseBytes), options.FlexMaxResponseBytes),
        .. DurationRange.Problem(nameof(options.FlexAttemptTimeout), Shortest, "between 10 ms and a day", options.FlexAttemptTimeout),
        .. DurationRange.Problem(nameof(options.FlexTotalTimeout), Shortest, "between 10 ms and a day", options.FlexTotalTimeout),
        .. DurationRange.Problem(nameof(options.FlexRetryDelay), TimeSpan.Zero, "between 0 and a day", options.FlexRetryDelay),
        .. DurationRange.Problem(
            nameof(options.FlexBreakDuration), TimeSpan.FromMilliseconds(500), "between 500 ms and a day", options.FlexBreakDuration),
        .. DurationRange.Problem(
            nameof(options.UnknownOutcomeDelays), TimeSpan.Zero, "between 0 and a day each", [.. options.UnknownOutcomeDelays]),
    ];

    private static IEnumerable<string> AtLeastOne(string name, int value) => value < 1 ? [DurationRange.Line(name, "at least 1")] : [];

    private static IEnumerable<string> Between(string name, int value, int least, int most) =>
        value < least || value > most ? [DurationRange.Line(name, $"between {least} and {most}")] : [];
}
