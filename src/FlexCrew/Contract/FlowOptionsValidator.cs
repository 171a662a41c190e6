using Microsoft.Extensions.Options;

namespace FlexCrew.Contract;

/// <summary>Refuses tuning values that a run, its lease or its retries cannot work with, naming each.</summary>
internal sealed class FlowOptionsValidator : IValidateOptions<FlexCrewOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    public ValidateOptionsResult Validate(string? name, FlexCrewOptions options)
    {
        string[] problems =
        [
            .. Problem(nameof(options.LeaseTimeout), Shortest, options.LeaseTimeout),
            .. options.LeaseTimeout < options.FlexAttemptTimeout * 2.5
                ? new[] { DurationRange.Line(nameof(options.LeaseTimeout), $"at least 2.5 times {nameof(options.FlexAttemptTimeout)}") }
                : [],
            .. Problem(nameof(options.RunDeadline), Shortest, options.RunDeadline),
            .. Problem(nameof(options.RetryPollInterval), Shortest, options.RetryPollInterval),
            .. Problem(nameof(options.WaitForResult), TimeSpan.Zero, options.WaitForResult),
            .. DurationRange.Problem(
                nameof(options.LogRetention), TimeSpan.FromDays(1), TimeSpan.FromDays(36_500), "between 1 and 36,500 days", options.LogRetention),
            .. Problem(nameof(options.StepRetryDelays), TimeSpan.Zero, [.. options.StepRetryDelays]),
            .. Problem(nameof(options.RetrySchedule), TimeSpan.Zero, [.. options.RetrySchedule]),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problem(string name, TimeSpan least, params TimeSpan[] values) =>
        DurationRange.Problem(name, least, $"between {least.TotalMilliseconds:0} ms and a day", values);
}
