using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;

namespace FlexCrew.Sync;

/// <summary>
/// Prints the plan that a sync would carry out: the same reads, the same plan, and none of the writes. It runs in the request and not as a
/// run, so that the names in its answer stay out of the history of orchestrations.
/// </summary>
internal sealed class SyncPlanner(CrewWorldReader worlds, ICrewCalls people, TimeProvider time) : ISyncPlanner
{
    public async Task<SyncJobResult> PlanAsync(PlanRequest request, CancellationToken cancellation)
    {
        var summaries = await Task.WhenAll(request.Departments.Select(async department =>
        {
            var started = time.GetTimestamp();
            var summary = await GuardedAsync(request, department, cancellation);
            return summary with { DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds };
        }));
        return new SyncJobResult(
            true, request.JobId, request.Departments.Zip(summaries).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private async Task<DepartmentSummary> GuardedAsync(PlanRequest request, string department, CancellationToken cancellation)
    {
        try
        {
            var scope = new FlexScope(request.CorrelationId);
            var reading = await worlds.ReadAsync(new CrewQuery(request.JobId, department), cancellation);
            if (reading.Call is null) return new DepartmentSummary { Note = "no crew call mapping" };
            var contacts = await worlds.ListAsync(reading, scope, cancellation);
            var plan = worlds.PlanOf(reading, request.JobId, department, contacts, new PlanOptions(request.PruneOrphans));
            return await SummaryAsync(plan, reading, cancellation);
        }
        catch (Exception failed) when (ExpectedFailure.Of(failed) is { } failure)
        {
            return DepartmentOutcome.Failed(failure).Summary;
        }
    }

    private async Task<DepartmentSummary> SummaryAsync(CrewPlan plan, CrewReading reading, CancellationToken cancellation)
    {
        var known = await people.PeopleAsync(
            [.. reading.Rows.Select(row => row.TechnicianId), .. reading.Assignments.Select(row => row.TechnicianId)],
            [.. plan.Deletions.Select(contact => contact.ResourceId).OfType<string>()],
            cancellation);
        return new DepartmentSummary
        {
            DesiredCount = plan.Desired,
            CurrentCount = plan.Rows,
            ScannedItems = plan.Listed,
            PlannedDeleteCount = plan.Deletions.Count + plan.Replaced.Count,
            Kept = plan.Kept,
            Diagnostics = plan.Diagnostics.Count > 0 ? plan.Diagnostics : null,
            Plan = PlanInWords.Of(plan, known),
        };
    }
}
