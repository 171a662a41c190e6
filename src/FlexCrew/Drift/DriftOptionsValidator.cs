using Microsoft.Extensions.Options;

namespace FlexCrew.Drift;

/// <summary>Refuses tuning values that the drift check cannot work with, naming each.</summary>
internal sealed class DriftOptionsValidator : IValidateOptions<FlexCrewOptions>
{
    private const int MostDays = 365;

    public ValidateOptionsResult Validate(string? name, FlexCrewOptions options)
    {
        var drift = options.Drift;
        string[] problems =
        [
            .. drift.Days is < 1 or > MostDays
                ? new[] { DurationRange.Line(Key(nameof(drift.Days)), $"between 1 and {MostDays}") }
                : [],
            .. DurationRange.Problem(
                Key(nameof(drift.Pause)), TimeSpan.Zero, TimeSpan.FromMinutes(1), "between 0 and a minute", drift.Pause),
            .. DurationRange.Problem(
                Key(nameof(drift.LookAgainAfter)), TimeSpan.Zero, TimeSpan.FromMinutes(2), "between 0 and 2 minutes",
                drift.LookAgainAfter),
            .. DurationRange.Problem(
                Key(nameof(drift.Interval)), TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(30), "between 10 ms and 30 days",
                drift.Interval),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string Key(string option) => $"{nameof(FlexCrewOptions.Drift)}__{option}";
}
