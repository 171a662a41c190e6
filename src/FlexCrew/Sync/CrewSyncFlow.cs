using FlexCrew.Flex;
using FlexCrew.Locking;

namespace FlexCrew.Sync;

/// <summary>
/// A sync of one crew call, from top to bottom. It is level-based: it reads what should be and what is, and writes
/// the difference, so running it again is always right. It awaits nothing but its steps and leases and reads nothing but
/// their answers, so an orchestrator runs it as it is.
/// </summary>
internal static class CrewSyncFlow
{
    /// <summary>Runs the flow under a lease that is held already.</summary>
    public static async Task<DepartmentOutcome> RunAsync(
        DepartmentRun department, RunContext run, ICrewSyncSteps steps, ILeases leases, ISyncHost host)
    {
        host.Report(new SyncProgress("resolving"));
        var resolved = await steps.CallAsync(SyncSteps.Resolve, new ResolveInput(run));
        if (resolved.Failure is { } unresolved)
            return DepartmentOutcome.Failed(unresolved);
        var crew = resolved.Value!;
        if (crew is not { CrewCallId: { } crewCall, ElementId: { } element })
            return new DepartmentOutcome(RunStatus.Skipped, new DepartmentSummary { Note = "no crew call mapping" }, []);
        return crew.Shared
            ? await ElementTurn.RunAsync(element, department, leases, host, () => SyncAsync(crew, crewCall, element, department, run, steps, host))
            : await SyncAsync(crew, crewCall, element, department, run, steps, host);
    }

    private static async Task<DepartmentOutcome> SyncAsync(
        ResolvedCrew crew, Guid crewCall, string element, DepartmentRun department, RunContext run, ICrewSyncSteps steps, ISyncHost host)
    {
        var tally = new Tally(crew);
        var diagnostics = crew.Shared
            ? [.. crew.Diagnostics, "this crew call is linked to another department or job too: only contacts that this one placed and the other does not rely on are pruned"]
            : crew.Diagnostics;

        host.Report(new SyncProgress("pruning"));
        var pruned = tally.Cost(await steps.CallAsync(SyncSteps.Prune,
            new PruneInput(run, crewCall, element, crew.Desired, department.Request.PruneOrphans && !crew.Shared, crew.Shared)));
        if (pruned.Failure is { } unlisted)
            return Stop(unlisted);
        tally.Pruned(pruned.Value!);
        var contacts = pruned.Value!.Contacts;

        host.Report(new SyncProgress("deleting stale rows"));
        var stale = await steps.CallAsync(SyncSteps.DeleteStale, new StaleInput(run, crewCall, crew.Desired, contacts, pruned.Value.Rows));
        if (stale.Failure is { } undeleted)
            return Stop(undeleted);
        tally.StaleDeleted(stale.Value!);

        var reread = await steps.CallAsync(SyncSteps.Reread, new RereadInput(run, crewCall));
        if (reread.Failure is { } unread)
            return Stop(unread);
        var rows = reread.Value!.Rows;
        var failed = pruned.Value.Failed.Select(removal => removal.LineItemId).ToHashSet(FlexIds.Comparer);
        var diff = CrewDiff.Of(crew.Desired, rows, contacts, crew.Shared, crew.Shared ? failed : null);
        tally.Compared(diff, rows.Count);

        var crewing = new Crewing(department, run, crewCall, element, crew, steps, host);
        foreach (var report in await crewing.RunAsync(diff))
            report(tally);

        var leftovers = diff.Removals.Where(row => row.LineItemId is null || !failed.Contains(row.LineItemId)).ToList();
        if (leftovers.Count > 0)
        {
            host.Report(new SyncProgress("removing", 0, leftovers.Count));
            var removed = tally.Cost(await steps.CallAsync(SyncSteps.Remove, new RemoveInput(
                run, crewCall, element, leftovers, Leftovers.ContactsToDelete(leftovers, crew.Desired, rows, contacts), crew.Shared)));
            if (removed.Failure is { } unremoved)
                return Stop(unremoved);
            tally.Removed(removed.Value!);
        }

        return tally.Outcome(diagnostics);

        DepartmentOutcome Stop(Failure failure)
        {
            tally.Fail(failure);
            return tally.Outcome(diagnostics);
        }
    }
}
