namespace FlexCrew;

/// <summary>The departments that have crew calls.</summary>
public static class Departments
{
    /// <summary><c>sound</c></summary>
    public const string Sound = "sound";

    /// <summary><c>lights</c></summary>
    public const string Lights = "lights";

    /// <summary><c>video</c></summary>
    public const string Video = "video";

    /// <summary>All of them, in the order of the original.</summary>
    public static IReadOnlyList<string> All { get; } = [Sound, Lights, Video];

    /// <summary>Those that are synced when the request names none and the job has no crew call.</summary>
    public static IReadOnlyList<string> Default { get; } = [Sound, Lights];
}
