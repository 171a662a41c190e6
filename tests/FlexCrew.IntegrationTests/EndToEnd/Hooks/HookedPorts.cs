using FlexCrew.Database;

namespace FlexCrew.IntegrationTests.EndToEnd.Hooks;

internal sealed class HookedCrewCalls(ICrewCalls inner, IHook hook) : ICrewCalls
{
    public Task<IReadOnlyList<string>> DepartmentsAsync(Guid jobId, CancellationToken cancellation) =>
        hook.AroundAsync("departments of the job", false, () => inner.DepartmentsAsync(jobId, cancellation));

    public Task<IReadOnlyList<PersonRow>> PeopleAsync(
        IReadOnlyCollection<Guid> technicianIds, IReadOnlyCollection<string> resourceIds, CancellationToken cancellation) =>
        hook.AroundAsync("people", false, () => inner.PeopleAsync(technicianIds, resourceIds, cancellation));
}

internal sealed class HookedCrewReader(ICrewReader inner, IHook hook) : ICrewReader
{
    public Task<CrewReading> ReadAsync(CrewQuery query, CancellationToken cancellation) =>
        hook.AroundAsync("crew", query.Holder is not null, () => inner.ReadAsync(query, cancellation));

    public Task<DesiredReading> DesiredAsync(FenceHold fence, Guid crewCallId, bool passes, CancellationToken cancellation) =>
        hook.AroundAsync("desired crew", passes, () => inner.DesiredAsync(fence, crewCallId, passes, cancellation));
}

internal sealed class HookedFences(IFences inner, IHook hook) : IFences
{
    public Task<bool> PassAsync(FenceHold hold, CancellationToken cancellation) =>
        hook.AroundAsync("fence", true, () => inner.PassAsync(hold, cancellation));

    public Task<FreedFence?> FreeAsync(string element, CancellationToken cancellation) =>
        hook.AroundAsync("free fence", true, () => inner.FreeAsync(element, cancellation));

    public Task<FreedFence?> FreeHeldByAsync(string holder, CancellationToken cancellation) =>
        hook.AroundAsync("free fence", true, () => inner.FreeHeldByAsync(holder, cancellation));
}

internal sealed class HookedCrewTable(ICrewTable inner, IHook hook) : ICrewTable
{
    public Task<bool> DeleteAsync(RowDeletions deletions, CancellationToken cancellation) =>
        hook.AroundAsync("delete crew rows", true, () => inner.DeleteAsync(deletions, cancellation));
}

internal sealed class HookedAddJournal(IAddJournal inner, IHook hook) : IAddJournal
{
    public Task<BegunAdd> BeginAsync(AddClaim add, CancellationToken cancellation) =>
        hook.AroundAsync("begin add", true, () => inner.BeginAsync(add, cancellation));

    public Task<CompletedAdd> CompleteAsync(AddClaim add, string lineItemId, bool placed, CancellationToken cancellation) =>
        hook.AroundAsync("complete add", true, () => inner.CompleteAsync(add, lineItemId, placed, cancellation));

    public Task AbandonAsync(AddClaim add, CancellationToken cancellation) =>
        hook.AroundAsync("abandon add", true, () => inner.AbandonAsync(add, cancellation).Done());
}

internal sealed class HookedSyncLog(ISyncLog inner, IHook hook) : ISyncLog
{
    public Task WriteAsync(SyncLogRow row, FenceReturn? fence, CancellationToken cancellation) =>
        hook.AroundAsync("write sync log", true, () => inner.WriteAsync(row, fence, cancellation).Done());
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
