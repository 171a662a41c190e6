using System.Text.Json;
using FlexCrew.Locking;

namespace FlexCrew.Sync;

/// <summary>A department's run: lease, flow, log, release. The body of the sub-orchestration.</summary>
public static class CrewCallSync
{
    /// <summary>Runs it. Never throws for anything that the department's summary can tell.</summary>
    public static async Task<DepartmentSummary> RunAsync(DepartmentRun department, ICrewSyncSteps steps, ILeases leases, ISyncHost host)
    {
        var startedAt = host.UtcNow;
        var request = department.Request;
        var key = new LeaseKey(request.JobId, department.Department);
        var run = new RunContext(department.Holder, request.JobId, department.Department, request.CorrelationId, 0);
        var retrying = new RetryingSteps(steps, host, department.Settings, startedAt + department.Settings.RunDeadline);

        var (answer, unasked) = await AcquireAsync();
        var waited = (host.UtcNow - startedAt).TotalSeconds;
        if (answer is not { Kind: LeaseAnswerKind.Granted })
            return await RecordAsync(unasked ?? Unleased(answer));

        string? covering = null;
        try
        {
            run = run with { Token = answer.Token };
            var outcome = await FlowAsync();
            var summary = await RecordAsync(outcome);
            if (outcome.Status is RunStatus.Succeeded or RunStatus.Skipped)
                covering = JsonSerializer.Serialize(summary);
            return summary;
        }
        finally
        {
            await leases.ReleaseAsync(key, new LeaseRelease(department.Holder, answer.Token, request.PruneOrphans, covering));
            host.Report(new SyncProgress("done"));
        }

        async Task<(LeaseAnswer? Answer, DepartmentOutcome? Failed)> AcquireAsync()
        {
            try
            {
                return (await LeaseWait.AcquireAsync(department, key, leases, host), null);
            }
            catch (Exception unforeseen) when (unforeseen is not OperationCanceledException)
            {
                return (null, Unforeseen());
            }
        }

        async Task<DepartmentOutcome> FlowAsync()
        {
            try
            {
                return await CrewSyncFlow.RunAsync(department, run, retrying, leases, host);
            }
            catch (Exception unforeseen) when (unforeseen is not OperationCanceledException)
            {
                return Unforeseen();
            }
        }

        async Task<DepartmentSummary> RecordAsync(DepartmentOutcome outcome)
        {
            var summary = outcome.Summary with { DurationMs = (long)(host.UtcNow - startedAt).TotalMilliseconds };
            var row = LogRows.Of(department, outcome, summary, startedAt, host.UtcNow);
            var recorded = await retrying.CallAsync(SyncSteps.Record, new RecordInput(run, row, WaitEnded(answer), waited));
            return recorded.Failure is { } unlogged
                ? summary with { Diagnostics = [.. summary.Diagnostics ?? [], $"the run was not logged: {unlogged.Message}"] }
                : summary;
        }
    }

    private static DepartmentOutcome Unforeseen() =>
        DepartmentOutcome.Failed(new Failure(FailureKind.Unexpected, "The sync failed unexpectedly"));

    private static string WaitEnded(LeaseAnswer? answer) => answer?.Kind switch
    {
        LeaseAnswerKind.Granted => "granted",
        LeaseAnswerKind.Covered => "covered",
        _ => "gave up",
    };

    private static DepartmentOutcome Unleased(LeaseAnswer? answer) =>
        answer?.Summary is { } covering
            ? new DepartmentOutcome(
                RunStatus.Coalesced, JsonSerializer.Deserialize<DepartmentSummary>(covering)! with { Coalesced = true }, [])
            : DepartmentOutcome.Failed(new Failure(FailureKind.DeadlineExceeded, "Another sync of this crew call is still running"));
}
