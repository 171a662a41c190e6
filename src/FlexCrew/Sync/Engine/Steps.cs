using FlexCrew.Planning;

namespace FlexCrew.Sync;

/// <summary>The catalogue of steps. Their names are the names of the activities.</summary>
public static class SyncSteps
{
    /// <summary>Claims the fence, reads the crew, lists the contacts, and plans.</summary>
    public static readonly Step<ResolveInput, ResolvedCrew> Resolve = new("ResolveCrew");

    /// <summary>Deletes contacts that should not be there, with their rows.</summary>
    public static readonly Step<PruneInput, RemovedContacts> Prune = new("PruneOrphans");

    /// <summary>Deletes the rows whose line item Flex no longer has.</summary>
    public static readonly Step<StaleInput, StaleRowsDeleted> DeleteStale = new("DeleteStaleRows");

    /// <summary>Reads the table again, and plans anew.</summary>
    public static readonly Step<RereadInput, CrewPlan> Reread = new("RereadCrew");

    /// <summary>Makes sure that Flex has one technician's contact, and maps it.</summary>
    public static readonly Step<AddInput, AddedContact> Add = new("AddContact");

    /// <summary>Sets the business role of one contact.</summary>
    public static readonly Step<RoleInput, RoleSet> SetRole = new("SetBusinessRole");

    /// <summary>Removes rows that nobody desires, and contacts that were replaced.</summary>
    public static readonly Step<RemoveInput, RemovedContacts> Remove = new("RemoveLeftovers");

    /// <summary>Writes the log row and the metrics, and gives the fence back.</summary>
    public static readonly Step<RecordInput, RunRecorded> Record = new("RecordRun");
}
