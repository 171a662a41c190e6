using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

// What goes into the steps and comes out of them. Ids only: these are kept in the history of orchestrations.

/// <summary>Input of <see cref="SyncSteps.Resolve"/>.</summary>
public sealed record ResolveInput(RunContext Run) : IStepInput;

/// <summary>The crew call and who should be on it.</summary>
/// <param name="CrewCallId">The row of <c>flex_crew_calls</c>; null when none is mapped.</param>
/// <param name="ElementId">The crew call in Flex.</param>
/// <param name="Desired">The desired contacts.</param>
/// <param name="RoleIds">Tier name → dictionary id of the department's business roles.</param>
/// <param name="Shared">Whether another department or job is linked to the same crew call in Flex.</param>
/// <param name="Diagnostics">Things worth knowing.</param>
public sealed record ResolvedCrew(
    Guid? CrewCallId,
    string? ElementId,
    IReadOnlyList<DesiredContact> Desired,
    IReadOnlyDictionary<string, string> RoleIds,
    bool Shared,
    IReadOnlyList<string> Diagnostics);

/// <summary>Input of <see cref="SyncSteps.Prune"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="CrewCallId">The crew call.</param>
/// <param name="ElementId">The crew call in Flex.</param>
/// <param name="Desired">The desired contacts.</param>
/// <param name="PruneOrphans">Whether contacts go that the table does not map.</param>
/// <param name="Shared">Whether the element has siblings, whose contacts stay.</param>
public sealed record PruneInput(
    RunContext Run, Guid CrewCallId, string ElementId, IReadOnlyList<DesiredContact> Desired, bool PruneOrphans, bool Shared = false) : IStepInput;

/// <summary>What Flex holds after pruning.</summary>
/// <param name="Contacts">The contacts that are left.</param>
/// <param name="Scanned">How many were listed.</param>
/// <param name="Planned">How many were to go.</param>
/// <param name="Deleted">Those that went.</param>
/// <param name="Failed">Those that did not, each with the reason.</param>
/// <param name="Rows">The rows as they were before the listing: of those that were written later it tells nothing.</param>
public sealed record PrunedCrew(
    IReadOnlyList<FlexContact> Contacts,
    int Scanned,
    int Planned,
    IReadOnlyList<RemovedContact> Deleted,
    IReadOnlyList<FailedRemoval> Failed,
    IReadOnlyList<CrewRow> Rows);

/// <summary>A contact that went.</summary>
public sealed record RemovedContact(string LineItemId, string? ResourceId, IReadOnlyList<Guid> TechnicianIds);

/// <summary>A contact that could not be deleted.</summary>
public sealed record FailedRemoval(string LineItemId, Failure Failure);

/// <summary>Input of <see cref="SyncSteps.DeleteStale"/>.</summary>
public sealed record StaleInput(
    RunContext Run, Guid CrewCallId, IReadOnlyList<DesiredContact> Desired, IReadOnlyList<FlexContact> Contacts, IReadOnlyList<CrewRow> Rows) : IStepInput;

/// <summary>The rows that went because Flex contradicted them.</summary>
/// <param name="TechnicianIds">Their technicians.</param>
public sealed record StaleRowsDeleted(IReadOnlyList<Guid> TechnicianIds);

/// <summary>Input of <see cref="SyncSteps.Reread"/>.</summary>
public sealed record RereadInput(RunContext Run, Guid CrewCallId) : IStepInput;

/// <summary>The rows of the table.</summary>
public sealed record CrewRows(IReadOnlyList<CrewRow> Rows);

/// <summary>Input of <see cref="SyncSteps.Add"/>.</summary>
public sealed record AddInput(RunContext Run, Guid CrewCallId, string ElementId, string ResourceId, IReadOnlyList<Guid> TechnicianIds, string? AdoptLineItemId) : IStepInput;

/// <summary>A contact that is in Flex and mapped.</summary>
/// <param name="LineItemId">Its line item.</param>
/// <param name="Ours">Whether a request of ours made it, as far as this step can know.</param>
/// <param name="BusinessRole">Its business role, where a listing told it.</param>
public sealed record AddedContact(string LineItemId, bool Ours, string? BusinessRole);

/// <summary>Input of <see cref="SyncSteps.SetRole"/>.</summary>
public sealed record RoleInput(RunContext Run, string ElementId, string LineItemId, Guid TechnicianId, string Tier, string RoleId) : IStepInput;

/// <summary>A business role that was set.</summary>
public sealed record RoleSet(string LineItemId);

/// <summary>Input of <see cref="SyncSteps.Remove"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="CrewCallId">The crew call.</param>
/// <param name="ElementId">The crew call in Flex.</param>
/// <param name="Rows">The rows to remove.</param>
/// <param name="ContactsToDelete">Line items of those rows whose contact goes too.</param>
/// <param name="Shared">Whether the element has siblings, whose contacts stay: then of these only the row goes.</param>
public sealed record RemoveInput(
    RunContext Run, Guid CrewCallId, string ElementId, IReadOnlyList<CrewRow> Rows, IReadOnlyList<string> ContactsToDelete, bool Shared = false) : IStepInput;

/// <summary>The rows that went.</summary>
public sealed record RemovedRows(IReadOnlyList<Guid> TechnicianIds, IReadOnlyList<string> DeletedContacts, IReadOnlyList<FailedRemoval> Failed);

/// <summary>Input of <see cref="SyncSteps.Record"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Row">The row to write.</param>
/// <param name="Lease">How the wait for the lease ended: <c>granted</c>, <c>covered</c> or <c>gave up</c>.</param>
/// <param name="LeaseWaitSeconds">How long it took, in seconds.</param>
public sealed record RecordInput(RunContext Run, SyncLogRow Row, string Lease, double LeaseWaitSeconds) : IStepInput;

/// <summary>The log row was written.</summary>
public sealed record RunRecorded(string Status);
