using System.Diagnostics.Metrics;
using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Sync;
using FlexCrew.Telemetry;
using FlexCrew.Tests.Sync.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlexCrew.Tests.Sync;

public sealed class RecordStepTests
{
    [Fact]
    public async Task A_run_whose_log_row_is_written_at_the_third_try_is_measured_once()
    {
        var log = new FailingLog { FailsFirst = 2 };
        var measured = await MeasuredAsync(log, "third-try", "third-try", "third-try");
        Assert.Equal((1, 1), (measured, log.Rows.Count));
    }

    [Fact]
    public async Task A_run_that_is_never_logged_is_measured_all_the_same()
    {
        var log = new FailingLog { FailsFirst = 3 };
        var measured = await MeasuredAsync(log, "never", "never", "never");
        Assert.Equal((1, 0), (measured, log.Rows.Count));
    }

    [Fact]
    public async Task Each_run_is_measured_however_many_there_were_before()
    {
        var instances = Enumerable.Range(0, 3_000).Select(n => $"run-{n}").ToArray();
        Assert.Equal(3_000, await MeasuredAsync(new FailingLog(), instances));
    }

    [Fact]
    public async Task The_fence_is_given_back_with_the_log_row_and_with_what_has_passed_it()
    {
        var log = new FailingLog();
        await Step(log).RunAsync(
            new RecordInput(Runs.Context, LogRowsTests.AnyRow, "granted", 0, Passes: 7), new FlexScope("correlation"), default);
        Assert.Equal([new FenceReturn("me:sound", 7)], log.Returned);
    }

    /// <summary>The web app shows the entry to people: it tells who was placed or taken off, and by whom.</summary>
    [Fact]
    public async Task What_a_command_changed_is_told_to_the_activity_log()
    {
        var database = new MemoryDatabase(TimeProvider.System);
        var actor = Guid.NewGuid();
        await TellAsync(database, Command with { TriggeredBy = actor.ToString("D"), Added = 1 });

        var told = Assert.Single(database.Told);
        Assert.Equal((actor, Command.JobId, Command.CrewCallId!.Value), (told.ActorId!.Value, told.JobId, told.CrewCallId));
        Assert.Equal(
            $$"""{"action":"add","department":"sound","technician_id":"{{Make.Tech(7)}}"}""", told.PayloadJson);
    }

    [Fact]
    public async Task A_sync_and_a_command_that_changed_nothing_are_not_told()
    {
        var database = new MemoryDatabase(TimeProvider.System);
        await TellAsync(database, LogRowsTests.AnyRow with { CrewCallId = Runs.CrewCall, Added = 3 });
        await TellAsync(database, Command with { Kind = "remove" });

        Assert.Empty(database.Told);
        Assert.Equal(2, database.Logged.Count);
    }

    [Fact]
    public async Task An_activity_log_that_is_not_there_costs_a_run_nothing()
    {
        var database = new MemoryDatabase(TimeProvider.System);
        database.Break("Tell");

        await TellAsync(database, Command with { Added = 1 });

        Assert.Single(database.Logged);
    }

    private static SyncLogRow Command => LogRowsTests.AnyRow with
    {
        Department = "sound",
        CrewCallId = Runs.CrewCall,
        Kind = "add",
        TechnicianId = Make.Tech(7),
    };

    private static Task TellAsync(MemoryDatabase database, SyncLogRow row) =>
        new RecordStep(database, database, NullLogger<RecordStep>.Instance).RunAsync(
            new RecordInput(Runs.Context, row, "granted", 0, Passes: 0), new FlexScope("correlation"), default);

    private static RecordStep Step(ISyncLog log) =>
        new(log, new MemoryDatabase(TimeProvider.System), NullLogger<RecordStep>.Instance);

    // Counts what is measured in a department of the test's own.
    private static async Task<int> MeasuredAsync(FailingLog log, params string[] instances)
    {
        var department = Guid.NewGuid().ToString();
        var count = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter == SyncTelemetry.Meter && instrument.Name == "flexcrew.sync.duration")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
                if (Equals(tag.Value, department))
                    Interlocked.Increment(ref count);
        });
        listener.Start();
        var step = Step(log);
        foreach (var instance in instances)
        {
            var row = LogRowsTests.AnyRow with { Department = department, InstanceId = instance };
            var run = new RunContext(instance, row.JobId, department, "correlation", DateTimeOffset.MaxValue);
            await Record.ExceptionAsync(
                () => step.RunAsync(new RecordInput(run, row, "granted", 0, Passes: 0), new FlexScope("correlation"), default));
        }
        return count;
    }

    private sealed class FailingLog : ISyncLog
    {
        private int calls;

        public int FailsFirst { get; init; }

        public List<SyncLogRow> Rows { get; } = [];

        public List<FenceReturn?> Returned { get; } = [];

        public Task WriteAsync(SyncLogRow row, FenceReturn? fence, CancellationToken cancellation)
        {
            if (++calls <= FailsFirst) throw new DatabaseException("write sync log", "timeout", true);
            Rows.Add(row);
            Returned.Add(fence);
            return Task.CompletedTask;
        }
    }
}
