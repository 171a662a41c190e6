using FlexCrew.Contract;
using FlexCrew.Planning;

namespace FlexCrew.Sync;

/// <summary>
/// A sync of one crew call, from top to bottom. It is level-based: it reads what should be and what is, and writes
/// the difference, so running it again is always right. It awaits nothing but its steps and reads nothing but
/// their answers, so an orchestrator runs it as it is.
/// </summary>
internal sealed class CrewSyncFlow(DepartmentRun department, RunContext run, ICrewSyncSteps steps, ISyncHost host, RunDeadline deadline)
{
    /// <summary>Contacts that one step deletes at most, so that its time is bounded.</summary>
    private const int DeletionsPerStep = 100;

    private readonly RunReport report = new() { TellsLineItem = department.Request.Person is not null };
    private readonly PlanOptions options = new(department.Request.PruneOrphans, department.Request.Person);

    /// <summary>Runs the flow under a lease that is held already.</summary>
    public async Task<DepartmentOutcome> RunAsync()
    {
        if (await ResolveAsync() is not { } crew) return report.Outcome();
        if (crew.CrewCall is not { } call)
            return new DepartmentOutcome(RunStatus.Skipped, new DepartmentSummary { Note = "no crew call mapping" });

        var target = new CrewCallTarget(call.Id, call.ElementId, crew.Fence!);
        report.CrewCallId = call.Id;
        if (await FreshPlanAsync(crew, target) is not { } plan) return report.Outcome();
        report.Planned(plan);

        // Deletions and additions run side by side, since they are of different contacts.
        var additions = new ContactAdditions(department, run, target, steps, host);
        var deleting = DeleteAsync(plan.Deletions, target);
        var adding = additions.RunAsync(plan);
        await Task.WhenAll(deleting, adding);
        foreach (var removed in await deleting) report.Removed(removed);
        foreach (var added in await adding) added(report);

        var replaced = plan.Replaced.Where(contact => contact.Rows.All(row => !report.HasFailed(row.TechnicianId))).ToList();
        if (plan.LeftoverRows.Count + replaced.Count > 0)
        {
            host.Report(new SyncProgress("removing", 0, plan.LeftoverRows.Count + replaced.Count));
            report.Removed(
                report.Count(await steps.CallAsync(SyncSteps.Remove, new RemoveInput(run, target, plan.LeftoverRows, replaced))));
        }

        return report.Outcome();
    }

    /// <summary>
    /// Resolves until the crew call is this run's to write to: what was read before a wait is not acted on. Null when that failed.
    /// </summary>
    private async Task<ResolvedCrew?> ResolveAsync()
    {
        var askedAt = host.UtcNow;
        while (true)
        {
            host.Report(new SyncProgress("resolving"));
            var resolved = report.Count(await steps.CallAsync(SyncSteps.Resolve, new ResolveInput(run, options)));
            if (resolved.Failure is { } failure)
            {
                report.Stopped(failure);
                return null;
            }

            if (resolved.Value is not { BusyWith: not null } crew) return resolved.Value;
            if (deadline.IsOver)
            {
                report.Stopped(
                    new Failure(FailureKind.DeadlineExceeded, "Another sync that writes to the same crew call in Flex is still running"));
                return null;
            }

            host.Report(new SyncProgress("waiting for its turn"));
            await host.DelayAsync(crew.IsNext ? PollDelay.Shortest : PollDelay.After(host.UtcNow - askedAt), CancellationToken.None);
        }
    }

    /// <summary>Deletes what the table has and Flex has not, and plans anew by what the table then holds. Null when that failed.</summary>
    private async Task<CrewPlan?> FreshPlanAsync(ResolvedCrew crew, CrewCallTarget target)
    {
        var plan = crew.Plan!;
        if (plan.StaleRows.Count == 0) return plan;

        host.Report(new SyncProgress("deleting stale rows", 0, plan.StaleRows.Count));
        var stale = await steps.CallAsync(SyncSteps.DeleteStale, new StaleInput(run, target, plan.StaleRows));
        if (stale.Failure is { } undeleted)
        {
            report.Stopped(undeleted);
            return null;
        }

        report.StaleDeleted(plan.StaleRows);
        var reread = await steps.CallAsync(SyncSteps.Reread, new RereadInput(run, target, options, crew.Contacts!));
        if (reread.Failure is { } unread) report.Stopped(unread);
        return reread.Value;
    }

    private async Task<IReadOnlyList<StepResult<RemovedContacts>>> DeleteAsync(
        IReadOnlyList<ContactDeletion> contacts, CrewCallTarget target)
    {
        var results = new List<StepResult<RemovedContacts>>();
        foreach (var some in contacts.Chunk(DeletionsPerStep))
            results.Add(report.Count(await steps.CallAsync(SyncSteps.Prune, new PruneInput(run, target, some))));
        return results;
    }
}
