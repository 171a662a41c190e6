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

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("flexcrew.sync.duration", "s", "Duration of a department's run");
    private static readonly Counter<long> Contacts = Meter.CreateCounter<long>("flexcrew.sync.contacts", "{contact}", "Contacts by what became of them");

    internal static void Record(SyncLogRow row)
    {
        var department = new KeyValuePair<string, object?>("department", row.Department);
        Duration.Record(row.DurationMs / 1000.0, department, new("outcome", row.Status));
        foreach (var (change, count) in new[]
                 {
                     ("added", row.Added), ("removed", row.Removed), ("kept", row.Kept), ("failed", row.Failed), ("role_set", row.RolesSet),
                 })
            if (count > 0)
                Contacts.Add(count, department, new("change", change));
    }
}
