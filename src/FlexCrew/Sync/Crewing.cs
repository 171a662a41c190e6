namespace FlexCrew.Sync;

/// <summary>
/// The middle of the flow: adds each missing technician and sets business roles, one step each, a few at once.
/// What each lane found is reported when all are done, in the order of the plan, whatever order they ended in.
/// </summary>
internal sealed class Crewing(
    DepartmentRun department, RunContext run, Guid crewCall, string element, ResolvedCrew crew, ICrewSyncSteps steps, ISyncHost host)
{
    private int done;

    public async Task<IEnumerable<Action<Tally>>> RunAsync(CrewDiff diff)
    {
        var work = diff.Additions.Select(addition => (Func<Task<Action<Tally>>>)(() => AddAsync(addition)))
            .Concat(diff.RolesToSet.Select(missing => (Func<Task<Action<Tally>>>)(() => SetMissingRoleAsync(missing))))
            .ToList();
        if (work.Count == 0) return [];

        host.Report(new SyncProgress("adding", 0, work.Count));
        return await Lanes.RunAsync(work, department.Settings.MaxConcurrentAdds, () =>
            host.Report(new SyncProgress("adding", Interlocked.Increment(ref done), work.Count)));
    }

    private async Task<Action<Tally>> AddAsync(Addition addition)
    {
        var added = await steps.CallAsync(SyncSteps.Add, new AddInput(
            run, crewCall, element, addition.Contact.ResourceId, addition.TechnicianIds, addition.Existing?.LineItemId));
        if (added.Value is not { } contact)
            return tally => tally.Added(addition, added);

        var role = contact.BusinessRole ?? addition.Existing?.BusinessRole;
        var mayHaveOneSetByHand = role is { Length: > 0 } || (role is null && !contact.Ours);
        var leading = addition.Contact.Leading;
        var (roleId, diagnostic) = BusinessRoles.Resolve(crew.RoleIds, department.Department, leading);
        if (roleId is null || mayHaveOneSetByHand)
            return tally =>
            {
                tally.Added(addition, added);
                if (diagnostic is not null) tally.RoleDiagnostic(leading.TechnicianId, diagnostic);
            };

        var report = await SetRoleAsync(contact.LineItemId, leading, roleId);
        return tally =>
        {
            tally.Added(addition, added);
            report(tally);
        };
    }

    private async Task<Action<Tally>> SetMissingRoleAsync(MissingRole missing)
    {
        var (roleId, _) = BusinessRoles.Resolve(crew.RoleIds, department.Department, missing.Contact.Leading);
        return roleId is null ? _ => { } : await SetRoleAsync(missing.LineItemId, missing.Contact.Leading, roleId);
    }

    private async Task<Action<Tally>> SetRoleAsync(string lineItemId, DesiredTechnician technician, string roleId)
    {
        var input = new RoleInput(run, element, lineItemId, technician.TechnicianId, technician.Tier!.Value.Name(), roleId);
        var set = await steps.CallAsync(SyncSteps.SetRole, input);
        return tally => tally.RoleSet(department.Department, input, set);
    }
}
