namespace FlexCrew.Sync;

/// <summary>Collects what the steps of a department's run did, and makes the summary of it.</summary>
internal sealed class Tally(ResolvedCrew crew)
{
    private readonly List<string> errors = [];
    private readonly List<string> roleDiagnostics = [];
    private readonly List<TechnicianOutcome> technicians = [];
    private int added, removed, kept, rolesSet, failedAdds, currentCount, scanned, planned, flexRequests, unknowns, touched, failedRoles;
    private bool fatal;
    private TimeSpan? askedToWait;

    /// <summary>Adds up what a step cost, and passes it on.</summary>
    public StepResult<T> Cost<T>(StepResult<T> result) where T : class
    {
        flexRequests += result.FlexRequests;
        unknowns += result.Unknowns;
        Wait(result.Failure);
        return result;
    }

    public void Fail(Failure failure)
    {
        errors.Add(failure.Message);
        fatal = true;
        Wait(failure);
    }

    public void Pruned(PrunedCrew pruned)
    {
        (scanned, planned) = (pruned.Scanned, pruned.Planned);
        removed += pruned.Deleted.Count;
        foreach (var contact in pruned.Deleted)
            Note("contact removed", contact.LineItemId, contact.TechnicianIds);
        FailedRemovals(pruned.Failed);
    }

    public void StaleDeleted(StaleRowsDeleted stale)
    {
        var wanted = crew.Desired.SelectMany(contact => contact.Technicians).Select(technician => technician.TechnicianId).ToHashSet();
        removed += stale.TechnicianIds.Count(id => !wanted.Contains(id));
        if (stale.TechnicianIds.Count > 0) Note("stale row deleted", null, stale.TechnicianIds);
    }

    public void Compared(CrewDiff diff, int rows) => (kept, currentCount) = (diff.Kept.Count, rows);

    public void Added(Addition addition, StepResult<AddedContact> result)
    {
        if (Cost(result).Failure is { } failure)
        {
            failedAdds += addition.TechnicianIds.Count;
            errors.AddRange(addition.TechnicianIds.Select(id => $"Add failed for tech {id}: {failure.Message}"));
            Note("add failed", failure.Message, addition.TechnicianIds);
            return;
        }
        added += addition.TechnicianIds.Count;
        Note(result.Value!.Ours ? "added" : "adopted", null, addition.TechnicianIds);
    }

    public void RoleDiagnostic(Guid technicianId, string diagnostic) => roleDiagnostics.Add($"tech {technicianId}: {diagnostic}");

    public void RoleSet(string department, RoleInput input, StepResult<RoleSet> result)
    {
        if (Cost(result).Failure is { } failure)
        {
            var reason = failure.Status is { } status ? $"HTTP {status}" : failure.Message;
            RoleDiagnostic(input.TechnicianId, $"Flex rejected business-role update for {department}/{input.Tier}: {reason}");
            failedRoles++;
            Note("role failed", failure.Message, [input.TechnicianId]);
            return;
        }
        rolesSet++;
        Note("role set", input.Tier, [input.TechnicianId]);
    }

    public void Removed(RemovedRows rows)
    {
        removed += rows.TechnicianIds.Count;
        if (rows.TechnicianIds.Count > 0) Note("removed", null, rows.TechnicianIds);
        FailedRemovals(rows.Failed);
    }

    public DepartmentOutcome Outcome(IReadOnlyList<string> diagnostics) => new(
        errors.Count + failedRoles == 0 ? RunStatus.Succeeded : fatal && touched == 0 ? RunStatus.Failed : RunStatus.Partial,
        new DepartmentSummary
        {
            Added = added,
            Removed = removed,
            Kept = kept,
            RolesSet = rolesSet,
            FailedAdds = failedAdds,
            DesiredCount = crew.Desired.Sum(contact => contact.Technicians.Count),
            CurrentCount = currentCount,
            ScannedItems = scanned,
            PlannedDeleteCount = planned,
            BusinessRoleDiagnostics = roleDiagnostics.Count > 0 ? roleDiagnostics : null,
            Errors = errors.Count > 0 ? errors : null,
            Diagnostics = diagnostics.Count > 0 ? diagnostics : null,
        },
        technicians,
        crew.CrewCallId,
        flexRequests,
        MetUnknown: unknowns > 0,
        Failures: errors.Count + failedRoles,
        AskedToWait: askedToWait);

    private void FailedRemovals(IReadOnlyList<FailedRemoval> failed)
    {
        errors.AddRange(failed.Select(removal => $"Removal failed for line item {removal.LineItemId}: {removal.Failure.Message}"));
        foreach (var removal in failed)
        {
            Note("removal failed", $"{removal.LineItemId}: {removal.Failure.Message}", []);
            Wait(removal.Failure);
        }
    }

    private void Wait(Failure? failure)
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
