using Microsoft.Extensions.Options;

namespace FlexCrew.Flex;

/// <summary>Refuses tuning values that the client cannot work with, naming each.</summary>
internal sealed class FlexOptionsValidator : IValidateOptions<FlexCrewOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public ValidateOptionsResult Validate(string? name, FlexCrewOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(FlexCrewOptions options)
    {
        if (options.MaxConcurrentFlexRequests < 1)
            yield return Line(nameof(options.MaxConcurrentFlexRequests), "at least 1");
        if (options.FlexMaxAttempts < 1)
            yield return Line(nameof(options.FlexMaxAttempts), "at least 1");
        if (options.FlexMaxResponseBytes < 1)
            yield return Line(nameof(options.FlexMaxResponseBytes), "at least 1");
        if (!Within(options.FlexAttemptTimeout, TimeSpan.FromMilliseconds(10)))
            yield return Line(nameof(options.FlexAttemptTimeout), "between 10 ms and a day");
        if (!Within(options.FlexTotalTimeout, TimeSpan.FromMilliseconds(10)))
            yield return Line(nameof(options.FlexTotalTimeout), "between 10 ms and a day");
        if (!Within(options.FlexRetryDelay, TimeSpan.Zero))
            yield return Line(nameof(options.FlexRetryDelay), "between 0 and a day");
        if (!Within(options.FlexBreakDuration, TimeSpan.FromMilliseconds(500)))
            yield return Line(nameof(options.FlexBreakDuration), "between 500 ms and a day");
        if (options.UnknownOutcomeDelays.Any(delay => !Within(delay, TimeSpan.Zero)))
            yield return Line(nameof(options.UnknownOutcomeDelays), "between 0 and a day each");
    }

    private static bool Within(TimeSpan value, TimeSpan least) => value >= least && value <= Longest;

    private static string Line(string name, string range) => $"{FlexCrewOptions.Section}:{name} must be {range}.";
}
