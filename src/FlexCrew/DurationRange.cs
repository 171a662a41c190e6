namespace FlexCrew;

/// <summary>The range of a duration among the options: to a day, where nothing else is said.</summary>
internal static class DurationRange
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>The line that names the option and its range, when one of the values is outside of it.</summary>
    public static IEnumerable<string> Problem(string name, TimeSpan least, string range, params TimeSpan[] values) =>
        Problem(name, least, Longest, range, values);

    /// <inheritdoc cref="Problem(string, TimeSpan, string, TimeSpan[])"/>
    public static IEnumerable<string> Problem(string name, TimeSpan least, TimeSpan most, string range, params TimeSpan[] values) =>
        values.Any(value => value < least || value > most) ? [Line(name, range)] : [];

    /// <summary>The line that names an option and its range.</summary>
    public static string Line(string name, string range) => $"{FlexCrewOptions.Section}__{name} must be {range}.";
}
