using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;

namespace FlexCrew.Sync;

// What goes into the steps and comes out of them. Ids only: these are kept in the history of orchestrations.

/// <summary>Input of <see cref="SyncSteps.Resolve"/>.</summary>
public sealed record ResolveInput(RunContext Run, PlanOptions Options) : IStepInput;

/// <summary>What a run found. One of three: no crew call is mapped, another run writes to its element, or there is a plan.</summary>
public sealed record ResolvedCrew
{
    /// <summary>The crew call; null when none is mapped.</summary>
    public CrewCallRow? CrewCall { get; init; }

    /// <summary>The run that writes to the element now; null when this one may.</summary>
    public string? BusyWith { get; init; }

    /// <summary>Whether this run comes next, when that one has ended.</summary>
    public bool IsNext { get; init; }

    /// <summary>What the run proves its writes with.</summary>
    public FenceHold? Fence { get; init; }

    /// <summary>What is to be done.</summary>
    public CrewPlan? Plan { get; init; }

    /// <summary>What Flex listed; null when the rows need not be read again.</summary>
    public IReadOnlyList<FlexContact>? Contacts { get; init; }
}

/// <summary>The crew call that a step writes to.</summary>
/// <param name="CrewCallId">The row of <c>flex_crew_calls</c>.</param>
/// <param name="ElementId">The crew call in Flex.</param>
/// <param name="Fence">What the run proves its writes with.</param>
public sealed record CrewCallTarget(Guid CrewCallId, string ElementId, FenceHold Fence);

/// <summary>Input of <see cref="SyncSteps.Prune"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Target">The crew call.</param>
/// <param name="Contacts">The contacts to delete, with the rows that map them.</param>
public sealed record PruneInput(RunContext Run, CrewCallTarget Target, IReadOnlyList<ContactDeletion> Contacts) : IStepInput;

/// <summary>What became of contacts that were to go.</summary>
public sealed record RemovedContacts
{
    /// <summary>Those that are gone.</summary>
    public IReadOnlyList<ContactDeletion> Deleted { get; init; } = [];

    /// <summary>Those that could not be deleted, each with the reason.</summary>
    public IReadOnlyList<FailedRemoval> Failed { get; init; } = [];

    /// <summary>Those that stay, since their technicians were assigned again meanwhile.</summary>
    public IReadOnlyList<ContactDeletion> Spared { get; init; } = [];

    /// <summary>The rows that went although their contact stays, or because there is none.</summary>
    public IReadOnlyList<RowDeletion> Rows { get; init; } = [];

    /// <summary>Why the rows of contacts that are gone could not be deleted; null when they were.</summary>
    public Failure? RowFailure { get; init; }
}

/// <summary>A contact that could not be deleted.</summary>
public sealed record FailedRemoval(string LineItemId, Failure Failure);

/// <summary>Input of <see cref="SyncSteps.DeleteStale"/>.</summary>
public sealed record StaleInput(RunContext Run, CrewCallTarget Target, IReadOnlyList<RowDeletion> Rows) : IStepInput;

/// <summary>Stale rows went.</summary>
public sealed record StaleRowsDeleted(int Count);

/// <summary>Input of <see cref="SyncSteps.Reread"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Target">The crew call, as it was when the contacts were listed.</param>
/// <param name="Options">As the request has them.</param>
/// <param name="Contacts">What Flex listed.</param>
public sealed record RereadInput(
    RunContext Run, CrewCallTarget Target, PlanOptions Options, IReadOnlyList<FlexContact> Contacts) : IStepInput;

/// <summary>Input of <see cref="SyncSteps.Add"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Target">The crew call.</param>
/// <param name="ResourceId">The resource whose contact is to be there.</param>
/// <param name="Technicians">Those who are to be mapped to it, and what the table maps them to.</param>
/// <param name="Existing">The contact that Flex has already; null when it is to be added.</param>
public sealed record AddInput(
    RunContext Run, CrewCallTarget Target, string ResourceId, IReadOnlyList<MappedTechnician> Technicians,
    ExistingContact? Existing) : IStepInput;

/// <summary>A contact that is in Flex and mapped.</summary>
/// <param name="LineItemId">Its line item.</param>
/// <param name="Ours">Whether a request of ours made it, as far as this step can know.</param>
/// <param name="BusinessRole">Its business role, where a listing told it.</param>
public sealed record AddedContact(string LineItemId, bool Ours, string? BusinessRole);

/// <summary>Input of <see cref="SyncSteps.SetRole"/>.</summary>
public sealed record RoleInput(RunContext Run, CrewCallTarget Target, RoleAssignment Role) : IStepInput;

/// <summary>A business role that was set.</summary>
public sealed record RoleSet(string LineItemId);

/// <summary>Input of <see cref="SyncSteps.Remove"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Target">The crew call.</param>
/// <param name="Rows">Rows whose technician nobody desires and whose contact stays.</param>
/// <param name="Contacts">Contacts whose replacement is there.</param>
public sealed record RemoveInput(
    RunContext Run, CrewCallTarget Target, IReadOnlyList<RowDeletion> Rows, IReadOnlyList<ContactDeletion> Contacts) : IStepInput;

/// <summary>Input of <see cref="SyncSteps.Record"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Row">The row to write.</param>
/// <param name="Lease">How the wait for the lease ended: <c>granted</c>, <c>coalesced</c> or <c>gave up</c>.</param>
/// <param name="LeaseWaitSeconds">How long it took, in seconds.</param>
/// <param name="Passes">Attempts to write to Flex that passed the fence, as far as steps have told.</param>
public sealed record RecordInput(RunContext Run, SyncLogRow Row, string Lease, double LeaseWaitSeconds, int Passes) : IStepInput;

/// <summary>The log row was written.</summary>
public sealed record RunRecorded(string Status);
