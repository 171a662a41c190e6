using System.Diagnostics;
using System.Diagnostics.Metrics;
using FlexCrew.Database;

namespace FlexCrew.Telemetry;

/// <summary>The traces and meters of syncs. Names and units are listed in <c>docs/operations.md</c>.</summary>
public static class SyncTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "FlexCrew";

    /// <summary>The source of the traces.</summary>
    public static readonly ActivitySource Source = new(Name);

    internal static readonly Meter Meter = new(Name);

    /// <summary>Begins the span of a run, where no engine does; null when nobody listens.</summary>
    public static Activity? StartRun(Guid jobId, string instanceId, string correlationId, string triggeredBy, int attempt) =>
        Source.StartActivity("sync")
            ?.SetTag("flexcrew.job_id", jobId.ToString()).SetTag("flexcrew.instance_id", instanceId)
            .SetTag("flexcrew.correlation_id", correlationId)
            .SetTag("flexcrew.triggered_by", triggeredBy)
            .SetTag("flexcrew.attempt", attempt);

    /// <summary>Begins the span of a step; null when nobody listens.</summary>
    internal static Activity? StartStep(string step, Guid jobId, string department, string instanceId, string correlationId) =>
        Source.StartActivity($"step {step}")
            ?.SetTag("flexcrew.job_id", jobId.ToString()).SetTag("flexcrew.department", department)
            .SetTag("flexcrew.instance_id", instanceId).SetTag("flexcrew.correlation_id", correlationId);

    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("flexcrew.sync.duration", "s", "Duration of a department's run");
    private static readonly Counter<long> Contacts =
        Meter.CreateCounter<long>("flexcrew.sync.contacts", "{contact}", "Contacts by what became of them");
    private static readonly Counter<long> Coalesced =
        Meter.CreateCounter<long>("flexcrew.sync.coalesced", "{run}", "Runs that another run answered");
    private static readonly Histogram<double> LeaseWait =
        Meter.CreateHistogram<double>("flexcrew.lease.wait", "s", "Time a run waited for its lease");
    private static readonly Gauge<double> LeaseAge =
        Meter.CreateGauge<double>("flexcrew.lease.age", "s", "Age of the oldest lease that is held; 0 when none is");
    private static readonly Gauge<int> QueueDepth =
        Meter.CreateGauge<int>("flexcrew.retry_queue.depth", "{run}", "Runs that wait for a retry");

    private static readonly Counter<long> DriftCrewCalls =
        Meter.CreateCounter<long>("flexcrew.drift.crew_calls", "{crew_call}", "Crew calls that the drift check looked at");
    private static readonly Counter<long> DriftDifferences =
        Meter.CreateCounter<long>("flexcrew.drift.differences", "{difference}", "What differed in crew calls that no sync was at");

    /// <summary>Records the age of the oldest lease held in each department, those without one included.</summary>
    /// <param name="held">Department and time of grant of each lease that is held.</param>
    /// <param name="now">The time.</param>
    public static void RecordLeaseAges(IEnumerable<(string Department, DateTimeOffset AcquiredAt)> held, DateTimeOffset now)
    {
        var oldest = held.GroupBy(lease => lease.Department)
            .ToDictionary(group => group.Key, group => group.Min(lease => lease.AcquiredAt));
        foreach (var department in Departments.All)
            LeaseAge.Record(
                oldest.TryGetValue(department, out var since) ? (now - since).TotalSeconds : 0,
                new KeyValuePair<string, object?>("department", department));
    }

    /// <summary>Counts a crew call that the drift check looked at, and what differed in it.</summary>
    internal static void RecordDrift(string department, string result, IEnumerable<string> kinds)
    {
        var of = new KeyValuePair<string, object?>("department", department);
        DriftCrewCalls.Add(1, of, new("result", result));
        foreach (var kind in kinds)
            DriftDifferences.Add(1, of, new("kind", kind));
    }

    internal static void RecordQueueDepth(int depth) => QueueDepth.Record(depth);

    /// <summary>What began the run. A click counts once: its retries are told apart.</summary>
    private static string Trigger(SyncLogRow row) => Uuid.Parse(row.TriggeredBy) is not null ? "click" : row.TriggeredBy;

    internal static void Record(SyncLogRow row, string lease, double leaseWaitSeconds)
    {
        var department = new KeyValuePair<string, object?>("department", row.Department);
        Duration.Record(row.DurationMs / 1000.0, department, new("outcome", row.Status), new("trigger", Trigger(row)),
            new("kind", row.Kind));
        LeaseWait.Record(leaseWaitSeconds, department, new("result", lease));
        if (row.Status == "coalesced") Coalesced.Add(1, department);
        foreach (var (change, count) in new[]
                 {
                     ("added", row.Added), ("removed", row.Removed), ("kept", row.Kept), ("failed", row.Failed), ("role_set", row.RolesSet),
                 })
            if (count > 0)
                Contacts.Add(count, department, new("change", change));
    }
}
