namespace FlexCrew.Sync;

/// <summary>The catalogue of steps. Their names are the names of the activities.</summary>
public static class SyncSteps
{
    /// <summary>Resolves the crew call and the desired crew.</summary>
    public static readonly Step<ResolveInput, ResolvedCrew> Resolve = new("ResolveCrew", Writes: false);

    /// <summary>Lists the contacts in Flex and prunes those that should not be there.</summary>
    public static readonly Step<PruneInput, PrunedCrew> Prune = new("PruneOrphans", Writes: true);

    /// <summary>Deletes the rows whose line item Flex no longer has.</summary>
    public static readonly Step<StaleInput, StaleRowsDeleted> DeleteStale = new("DeleteStaleRows", Writes: true);

    /// <summary>Reads the table again.</summary>
    public static readonly Step<RereadInput, CrewRows> Reread = new("RereadCrew", Writes: false);

    /// <summary>Makes sure that Flex has one technician's contact, and maps it.</summary>
    public static readonly Step<AddInput, AddedContact> Add = new("AddContact", Writes: true);

    /// <summary>Sets the business role of one contact.</summary>
    public static readonly Step<RoleInput, RoleSet> SetRole = new("SetBusinessRole", Writes: true);

    /// <summary>Removes the rows that nobody desires.</summary>
    public static readonly Step<RemoveInput, RemovedRows> Remove = new("RemoveLeftovers", Writes: true);

    /// <summary>Writes the log row and the metrics.</summary>
    public static readonly Step<RecordInput, RunRecorded> Record = new("RecordRun", Writes: false);
}
