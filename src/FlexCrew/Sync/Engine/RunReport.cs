using FlexCrew.Contract;
using FlexCrew.Planning;

namespace FlexCrew.Sync;

/// <summary>Collects what the steps of a department's run did, and makes the summary of it.</summary>
internal sealed class RunReport
{
    private readonly List<string> errors = [];
    private readonly List<string> roleDiagnostics = [];
    private readonly List<string> diagnostics = [];
    private readonly List<TechnicianOutcome> technicians = [];
    private readonly HashSet<Guid> failed = [];
    private CrewPlan? plan;
    private int added, removed, rolesSet, failedAdds, flexRequests, unknowns, passes, touched, failedRoles;
    private bool stopped;
    private TimeSpan? askedToWait;

    private string? lineItemId;

    /// <summary>Whether the summary tells the line item of the one person whom the run is about.</summary>
    public bool TellsLineItem { get; init; }

    /// <summary>The crew call, once it is known.</summary>
    public Guid? CrewCallId { get; set; }

    /// <summary>Counts what a step sent to Flex, and passes its result on.</summary>
    public StepResult<T> Count<T>(StepResult<T> result) where T : class
    {
        flexRequests += result.FlexRequests;
        unknowns += result.Unknowns;
        passes += result.Passes;
        Remember(result.Failure);
        return result;
    }

    /// <summary>The run cannot go on.</summary>
    public void Stopped(Failure failure)
    {
        errors.Add(failure.Message);
        stopped = true;
        Remember(failure);
    }

    public void Planned(CrewPlan made)
    {
        plan = made;
        lineItemId = made.LineItemId;
        diagnostics.AddRange(made.Diagnostics);
    }

    public void StaleDeleted(IReadOnlyList<RowDeletion> rows)
    {
        removed += rows.Count(row => row.Leaves);
        Note("stale row deleted", null, [.. rows.Select(row => row.Row.TechnicianId)]);
    }

    /// <summary>Whether the technician's contact could not be added.</summary>
    public bool HasFailed(Guid technician) => failed.Contains(technician);

    public void Added(ContactAddition addition, StepResult<AddedContact> result)
    {
        IReadOnlyList<Guid> ids = [.. addition.Technicians.Select(technician => technician.TechnicianId)];
        if (Count(result).Failure is { } failure)
        {
            failedAdds += ids.Count;
            failed.UnionWith(ids);
            errors.AddRange(ids.Select(id => $"Add failed for tech {id}: {failure.Message}"));
            diagnostics.AddRange(addition.Technicians
                .Where(technician => technician.LineItemId is not null)
                .Select(technician => $"tech {technician.TechnicianId}: the contact that they have stays until the new one can be added"));
            Note("add failed", failure.Message, ids);
            return;
        }

        added += ids.Count;
        lineItemId = result.Value!.LineItemId;
        if (addition.RoleDiagnostic is { } diagnostic) roleDiagnostics.Add(diagnostic);
        Note(result.Value!.Ours ? "added" : "adopted", null, ids);
    }

    public void RoleSet(string department, RoleAssignment role, StepResult<RoleSet> result)
    {
        if (Count(result).Failure is { } failure)
        {
            var reason = failure.Status is { } status ? $"HTTP {status}" : failure.Message;
            roleDiagnostics.Add($"tech {role.TechnicianId}: Flex rejected business-role update for {department}/{role.Tier}: {reason}");
            failedRoles++;
            Note("role failed", failure.Message, [role.TechnicianId]);
            return;
        }

        rolesSet++;
        Note("role set", role.Tier, [role.TechnicianId]);
    }

    public void Removed(StepResult<RemovedContacts> result)
    {
        if (result.Value is not { } contacts)
        {
            Stopped(result.Failure!);
            return;
        }

        removed += contacts.Deleted.Count + contacts.Rows.Count;
        foreach (var contact in contacts.Deleted)
            Note("contact removed", contact.LineItemId, Technicians(contact));
        if (contacts.Rows.Count > 0) Note("removed", null, [.. contacts.Rows.Select(row => row.Row.TechnicianId)]);
        foreach (var contact in contacts.Spared)
        {
            diagnostics.Add($"the contact {contact.LineItemId} stays: its technician was assigned while the sync ran");
            Note("contact spared", contact.LineItemId, Technicians(contact));
        }

        foreach (var removal in contacts.Failed)
        {
            errors.Add($"Removal failed for line item {removal.LineItemId}: {removal.Failure.Message}");
            Note("removal failed", $"{removal.LineItemId}: {removal.Failure.Message}", []);
            Remember(removal.Failure);
        }

        if (contacts.RowFailure is { } undeleted)
            errors.Add($"Contacts were removed from Flex, but their rows were not: {undeleted.Message}");
    }

    public DepartmentOutcome Outcome() => new(
        errors.Count + failedRoles == 0 ? RunStatus.Succeeded : stopped && touched == 0 ? RunStatus.Failed : RunStatus.Partial,
        new DepartmentSummary
        {
            Added = added,
            Removed = removed,
            Kept = plan?.Kept ?? 0,
            RolesSet = rolesSet,
            FailedAdds = failedAdds,
            DesiredCount = plan?.Desired,
            CurrentCount = plan?.Rows,
            ScannedItems = plan?.Listed,
            PlannedDeleteCount = plan?.Deletions.Count + plan?.Replaced.Count,
            BusinessRoleDiagnostics = NullIfEmpty(roleDiagnostics),
            Errors = NullIfEmpty(errors),
            Diagnostics = NullIfEmpty(diagnostics),
            FlexLineItemId = TellsLineItem ? lineItemId : null,
        })
    {
        Technicians = technicians,
        CrewCallId = CrewCallId,
        FlexRequests = flexRequests,
        MetUnknown = unknowns > 0,
        Passes = passes,
        FailedCount = errors.Count + failedRoles,
        AskedToWait = askedToWait,
    };

    private static List<string>? NullIfEmpty(List<string> lines) => lines.Count > 0 ? lines : null;

    private static IReadOnlyList<Guid> Technicians(ContactDeletion contact) => [.. contact.Rows.Select(row => row.TechnicianId)];

    private void Remember(Failure? failure)
    {
        if (failure?.RetryAfter is { } asked && !(asked < askedToWait)) askedToWait = asked;
    }

    private void Note(string outcome, string? detail, IReadOnlyList<Guid> ids)
    {
        if (outcome is "added" or "adopted" or "removed" or "contact removed" or "role set") touched++;
        if (ids.Count == 0) technicians.Add(new TechnicianOutcome(null, outcome, detail));
        technicians.AddRange(ids.Select(id => new TechnicianOutcome(id, outcome, detail)));
    }
}
