namespace FlexCrew;

/// <summary>The range of a duration among the options: from some least value to a day.</summary>
internal static class DurationRange
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>The line that names the option and its range, when one of the values is outside of it.</summary>
    public static IEnumerable<string> Problem(string name, TimeSpan least, string range, params TimeSpan[] values)
    {
        if (values.Any(value => value < least || value > Longest))
            yield return Line(name, range);
    }

    /// <summary>The line that names an option and its range.</summary>
    public static string Line(string name, string range) => $"{FlexCrewOptions.Section}__{name} must be {range}.";
}
