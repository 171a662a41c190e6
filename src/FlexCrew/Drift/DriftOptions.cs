namespace FlexCrew.Drift;

/// <summary>
/// Tuning of the drift check: <c>FlexCrew__Drift__…</c>. The check reads the crew calls of upcoming jobs, writes nothing to Flex, and logs
/// each crew call whose table rows or contacts in Flex differ from the assignments.
/// </summary>
public sealed class DriftOptions
{
    /// <summary>Whether there is a drift check. Default off.</summary>
    public bool Enabled { get; set; }

    /// <summary>Jobs that begin within so many days are looked at, and those under way. Default 7.</summary>
    public int Days { get; set; } = 7;

    /// <summary>
    /// Whether the check reports a contact that somebody else placed in Flex and whose resource belongs to no assigned technician. A sync
    /// that prunes would delete such a contact. Default on, as in a sync.
    /// </summary>
    public bool PruneOrphans { get; set; } = true;

    /// <summary>Whether a sync is started where drift was found. Default off.</summary>
    public bool Heal { get; set; }

    /// <summary>Wait between two looks. A check of very many crew calls waits less. Default 2 s.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Wait before the second look at a crew call that differed: what both looks see is drift. A change that somebody was making, or a sync
    /// that was under way, is over by then. Default 1 min.
    /// </summary>
    public TimeSpan LookAgainAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often LocalHost makes a check; the Functions timer has its own schedule. Default a day.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromDays(1);
}
