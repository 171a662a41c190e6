using Microsoft.Extensions.Options;

namespace FlexCrew.Drift;

/// <summary>Refuses tuning values that the drift check cannot work with, naming each.</summary>
internal sealed class DriftOptionsValidator : IValidateOptions<FlexCrewOptions>
{
    private const int MostDays = 365;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestSecondLook = TimeSpan.FromMinutes(2);

    public ValidateOptionsResult Validate(string? name, FlexCrewOptions options)
    {
        var drift = options.Drift;
        string[] problems =
        [
            .. Problem(nameof(drift.Days), drift.Days is >= 1 and <= MostDays, $"between 1 and {MostDays}"),
            .. Problem(nameof(drift.Pause), drift.Pause >= TimeSpan.Zero && drift.Pause <= LongestPause, "between 0 and a minute"),
            .. Problem(
                nameof(drift.LookAgainAfter), drift.LookAgainAfter >= TimeSpan.Zero && drift.LookAgainAfter <= LongestSecondLook,
                "between 0 and 2 minutes"),
            .. Problem(
                nameof(drift.Interval), drift.Interval >= TimeSpan.FromMilliseconds(10) && drift.Interval <= TimeSpan.FromDays(30),
                "between 10 ms and 30 days"),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string[] Problem(string option, bool isGood, string range) =>
        isGood ? [] : [DurationRange.Line($"{nameof(FlexCrewOptions.Drift)}__{option}", range)];
}
