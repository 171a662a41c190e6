using FlexCrew.Database;

namespace FlexCrew.IntegrationTests.EndToEnd.Hooks;

internal sealed class HookedCrewCalls(ICrewCalls inner, IHook hook) : ICrewCalls
{
    public Task<CrewCallRow?> FindAsync(Guid jobId, string department, CancellationToken cancellation) =>
        hook.AroundAsync("crew call", false, () => inner.FindAsync(jobId, department, cancellation));

    public Task<IReadOnlyList<string>> DepartmentsAsync(Guid jobId, CancellationToken cancellation) =>
        hook.AroundAsync("departments of the job", false, () => inner.DepartmentsAsync(jobId, cancellation));

    public Task<IReadOnlyList<AssignmentRow>> AssignmentsAsync(Guid jobId, CancellationToken cancellation) =>
        hook.AroundAsync("assignments of the job", false, () => inner.AssignmentsAsync(jobId, cancellation));

    public Task<IReadOnlyList<PersonRow>> PeopleAsync(
        IReadOnlyCollection<Guid> technicianIds, IReadOnlyCollection<string> resourceIds, CancellationToken cancellation) =>
        hook.AroundAsync("people", false, () => inner.PeopleAsync(technicianIds, resourceIds, cancellation));
}

internal sealed class HookedCrewTable(ICrewTable inner, IHook hook) : ICrewTable
{
    public Task<IReadOnlyList<CrewRow>> RowsAsync(Guid crewCallId, CancellationToken cancellation) =>
        hook.AroundAsync("crew rows", false, () => inner.RowsAsync(crewCallId, cancellation));

    public Task<IReadOnlyList<string>> SiblingLinesAsync(Guid crewCallId, string elementId, CancellationToken cancellation) =>
        hook.AroundAsync("lines of siblings", false, () => inner.SiblingLinesAsync(crewCallId, elementId, cancellation));

    public Task<int> DeleteAsync(Guid crewCallId, IReadOnlyCollection<CrewRow> rows, CancellationToken cancellation) =>
        hook.AroundAsync("delete crew rows", true, () => inner.DeleteAsync(crewCallId, rows, cancellation));
}

internal sealed class HookedAddJournal(IAddJournal inner, IHook hook) : IAddJournal
{
    public Task<IReadOnlyList<OpenIntent>> BeginAsync(
        Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, string resourceId, string instanceId, CancellationToken cancellation) =>
        hook.AroundAsync("begin add", true, () => inner.BeginAsync(crewCallId, technicianIds, resourceId, instanceId, cancellation));

    public Task CompleteAsync(
        Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, string lineItemId, CancellationToken cancellation) =>
        hook.AroundAsync("complete add", true, () => inner.CompleteAsync(crewCallId, technicianIds, lineItemId, cancellation).Done());

    public Task AbandonAsync(Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, CancellationToken cancellation) =>
        hook.AroundAsync("abandon add", true, () => inner.AbandonAsync(crewCallId, technicianIds, cancellation).Done());
}

internal sealed class HookedSyncLog(ISyncLog inner, IHook hook) : ISyncLog
{
    public Task WriteAsync(SyncLogRow row, CancellationToken cancellation) =>
        hook.AroundAsync("write sync log", true, () => inner.WriteAsync(row, cancellation).Done());
}

internal sealed class HookedRetryQueue(IRetryQueue inner, IHook hook) : IRetryQueue
{
    public Task<IReadOnlyList<DueRetry>> ClaimAsync(int atMost, TimeSpan claimFor, int maxAttempts, CancellationToken cancellation) =>
        hook.AroundAsync("claim retries", true, () => inner.ClaimAsync(atMost, claimFor, maxAttempts, cancellation));

    public Task<int> DepthAsync(CancellationToken cancellation) =>
        hook.AroundAsync("retry queue depth", false, () => inner.DepthAsync(cancellation));
}

internal sealed class HookedCallers(ICallers inner, IHook hook) : ICallers
{
    public Task<string?> RoleAsync(Guid userId, CancellationToken cancellation) =>
        hook.AroundAsync("caller's role", false, () => inner.RoleAsync(userId, cancellation));
}

file static class Tasks
{
    public static async Task<bool> Done(this Task task)
    {
        await task;
        return true;
    }
}
