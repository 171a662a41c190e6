namespace FlexCrew.Database;

/// <summary>What the queries ask of a row <c>f</c> of <c>flex_crew_fences</c>, each in one form for all of them.</summary>
internal static class FenceState
{
    /// <summary>
    /// Whether the holder was quiet for longer than it said that it might be. Each holder says it for itself: hosts may be set up
    /// differently.
    /// </summary>
    public const string HolderIsQuiet = "f.touched_at < statement_timestamp() - f.quiet_for";
}
