using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>
/// The same reads and the same pure decisions as the flow, and none of its writes. It runs in the request and not as a
/// run, so that the names in its answer stay out of the history of orchestrations.
/// </summary>
internal sealed class SyncPlanner(ICrewCalls crewCalls, ICrewTable table, ICrewCallClient flex, BusinessRoles roles, TimeProvider time) : ISyncPlanner
{
    public async Task<SyncJobResult> PlanAsync(
        Guid jobId, IReadOnlyList<string> departments, bool pruneOrphans, string correlationId, CancellationToken cancellation)
    {
        var summaries = await Task.WhenAll(departments.Select(async department =>
        {
            var started = time.GetTimestamp();
            var summary = await GuardedAsync(jobId, department, pruneOrphans, new FlexScope(correlationId), cancellation);
            return summary with { DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds };
        }));
        return new SyncJobResult(true, jobId, departments.Zip(summaries).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private async Task<DepartmentSummary> GuardedAsync(
        Guid jobId, string department, bool pruneOrphans, FlexScope scope, CancellationToken cancellation)
    {
        try
        {
            return await PlanAsync(jobId, department, pruneOrphans, scope, cancellation);
        }
        catch (DatabaseException failed)
        {
            return DepartmentOutcome.Failed(failed.ToFailure()).Summary;
        }
    }

    private async Task<DepartmentSummary> PlanAsync(
        Guid jobId, string department, bool pruneOrphans, FlexScope scope, CancellationToken cancellation)
    {
        if (await crewCalls.FindAsync(jobId, department, cancellation) is not { } crewCall)
            return new DepartmentSummary { Note = "no crew call mapping" };
        var assignments = await crewCalls.AssignmentsAsync(jobId, cancellation);
        var (desired, diagnostics) = DesiredCrew.Of(assignments, department);
        var rows = await table.RowsAsync(crewCall.Id, cancellation);
        var listed = await flex.ListContactsAsync(crewCall.ElementId, [.. rows.Select(row => row.LineItemId).OfType<string>()], scope, cancellation);
        if (listed.Value is not { } contacts)
            return DepartmentOutcome.Failed(listed.Failure! with { Message = $"Flex listing failed: {listed.Failure!.Message}" }).Summary;

        var siblingLines = crewCall.IsShared ? await table.SiblingLinesAsync(crewCall.Id, crewCall.ElementId, cancellation) : null;
        var world = PlannedWorld.Of(desired, contacts, rows, pruneOrphans, siblingLines);
        var names = assignments.DistinctBy(row => row.TechnicianId).ToDictionary(row => row.TechnicianId, row => row.Name);
        var people = await crewCalls.PeopleAsync(
            [.. rows.Select(row => row.TechnicianId)], [.. world.Pruned.Select(planned => planned.Contact.ResourceId).OfType<string>()], cancellation);
        return new DepartmentSummary
        {
            DesiredCount = desired.Sum(contact => contact.Technicians.Count),
            CurrentCount = rows.Count,
            ScannedItems = contacts.Count,
            PlannedDeleteCount = world.Pruned.Count,
            Kept = world.Diff.Kept.Count,
            Diagnostics = diagnostics.Count > 0 ? diagnostics : null,
            Plan = new SyncPlan(
                [.. world.Adds(names)], [.. world.Removals(people, desired)], [.. world.Roles(names, roles.Of(department), department)]),
        };
    }
}
