using FlexCrew.Contract;
using FlexCrew.Planning;

namespace FlexCrew.Sync;

/// <summary>
/// The middle of the flow: adds each missing contact and sets business roles, one step each, several at once.
/// What came of each is reported when all are done, in the order of the plan, whatever order they ended in.
/// </summary>
internal sealed class ContactAdditions(
    DepartmentRun department, RunContext run, CrewCallTarget target, ICrewSyncSteps steps, ISyncHost host)
{
    private int done;

    public async Task<IReadOnlyList<Action<RunReport>>> RunAsync(CrewPlan plan)
    {
        var work = plan.Additions.Select(addition => (Func<Task<Action<RunReport>>>)(() => AddAsync(addition)))
            .Concat(plan.Roles.Select(role => (Func<Task<Action<RunReport>>>)(() => SetRoleAsync(role))))
            .ToList();
        var total = work.Count + plan.Deletions.Count;
        if (total > 0) host.Report(new SyncProgress(work.Count > 0 ? "adding" : "pruning", 0, total));
        return await Concurrently.RunAsync(work, department.Settings.MaxConcurrentAdds, () =>
            host.Report(new SyncProgress("adding", Interlocked.Increment(ref done), total)));
    }

    private async Task<Action<RunReport>> AddAsync(ContactAddition addition)
    {
        var added = await steps.CallAsync(SyncSteps.Add, new AddInput(
            run, target, addition.ResourceId, addition.Technicians, addition.Existing));
        if (added.Value is not { } contact)
            return report => report.Added(addition, added);

        var set = contact.BusinessRole ?? addition.Existing?.BusinessRole;
        var mayBeSetByHand = set is { Length: > 0 } || (set is null && !contact.Ours);
        var reportRole = addition.Role is { } role && !mayBeSetByHand
            ? await SetRoleAsync(role with { LineItemId = contact.LineItemId }) : null;
        return report =>
        {
            report.Added(addition, added);
            reportRole?.Invoke(report);
        };
    }

    private async Task<Action<RunReport>> SetRoleAsync(RoleAssignment role)
    {
        var set = await steps.CallAsync(SyncSteps.SetRole, new RoleInput(run, target, role));
        return report => report.RoleSet(department.Department, role, set);
    }
}
