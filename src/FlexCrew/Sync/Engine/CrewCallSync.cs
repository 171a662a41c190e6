using System.Text.Json;
using FlexCrew.Contract;
using FlexCrew.Locking;

namespace FlexCrew.Sync;

/// <summary>A department's run: lease, flow, log, release.</summary>
public static class CrewCallSync
{
    /// <summary>The longest wait between two tries to record a run.</summary>
    private static readonly TimeSpan LongestRecordDelay = TimeSpan.FromMinutes(30);

    /// <summary>A run that could not be recorded for this long is left unrecorded.</summary>
    private static readonly TimeSpan RecordsFor = TimeSpan.FromHours(24);

    /// <summary>Runs it. Never throws for anything that the department's summary can tell.</summary>
    public static async Task<DepartmentSummary> RunAsync(DepartmentRun department, ICrewSyncSteps steps, ILeases leases, ISyncHost host)
    {
        var startedAt = host.UtcNow;
        using var deadline = new RunDeadline(host, department.Settings);
        var request = department.Request;
        var run = new RunContext(request.InstanceId, request.JobId, department.Department, request.CorrelationId, deadline.At);
        var calls = new StepCalls(steps, host, department.Settings, deadline);

        var (answer, unasked) = await AcquireAsync();
        var waited = (host.UtcNow - startedAt).TotalSeconds;
        var outcome = unasked ?? (answer is { Kind: LeaseAnswerKind.Granted } ? await FlowAsync() : WithoutLease(answer));
        var finishedAt = host.UtcNow;
        var summary = outcome.Summary with { DurationMs = (long)(finishedAt - startedAt).TotalMilliseconds };
        host.Settle(summary);

        var record = new RecordInput(
            run, LogRows.Of(department, outcome, summary, startedAt, finishedAt), WaitEnded(answer), waited, outcome.Passes);
        var recorded = await calls.CallAsync(SyncSteps.Record, record);
        if (answer is { Kind: LeaseAnswerKind.Granted }) await ReleaseAsync(answer.Token);
        if (recorded.Failure is not null) await RecordLaterAsync(record);
        host.Report(new SyncProgress("done"));
        return summary;

        async Task<(LeaseAnswer? Answer, DepartmentOutcome? Failed)> AcquireAsync()
        {
            try
            {
                return (await LeaseWait.AcquireAsync(department, leases, host, deadline), null);
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
                return await new CrewSyncFlow(department, run, calls, host, deadline).RunAsync();
            }
            catch (Exception unforeseen) when (unforeseen is not OperationCanceledException)
            {
                return Unforeseen();
            }
        }

        // A lease that cannot be given back is taken over by whoever needs it; the sync is done all the same.
        async Task ReleaseAsync(long token)
        {
            var isWhole = request.Person is null && outcome.Status is (RunStatus.Succeeded or RunStatus.Skipped);
            try
            {
                await deadline.WaitForAsync(leases.ReleaseAsync(department.LeaseKey, new LeaseRelease(
                    department.Holder, token, request.PruneOrphans, isWhole ? JsonSerializer.Serialize(summary) : null)));
            }
            catch (Exception unforeseen) when (unforeseen is not OperationCanceledException)
            {
                host.Report(new SyncProgress("lease not released"));
            }
        }

        // The row also starts the retry, so that it is worth waiting for a database that is away. The retry is counted from then on.
        async Task RecordLaterAsync(RecordInput late)
        {
            var until = host.UtcNow + RecordsFor;
            var delay = TimeSpan.FromMinutes(1);
            while (host.UtcNow < until)
            {
                host.Report(new SyncProgress("waiting to be recorded"));
                await host.DelayAsync(delay, CancellationToken.None);
                if ((await calls.CallAsync(SyncSteps.Record, late)).Failure is null) return;
                delay = delay * 2 < LongestRecordDelay ? delay * 2 : LongestRecordDelay;
            }
        }
    }

    private static DepartmentOutcome Unforeseen() =>
        DepartmentOutcome.Failed(new Failure(FailureKind.Unexpected, "The sync failed unexpectedly"));

    private static string WaitEnded(LeaseAnswer? answer) => answer?.Kind switch
    {
        LeaseAnswerKind.Granted => "granted",
        LeaseAnswerKind.Coalesced => "coalesced",
        _ => "gave up",
    };

    private static DepartmentOutcome WithoutLease(LeaseAnswer? answer) =>
        answer?.Summary is { } other
            ? new DepartmentOutcome(RunStatus.Coalesced, JsonSerializer.Deserialize<DepartmentSummary>(other)! with { Coalesced = true })
            : DepartmentOutcome.Failed(new Failure(FailureKind.DeadlineExceeded, "Another sync of this crew call is still running"));
}
