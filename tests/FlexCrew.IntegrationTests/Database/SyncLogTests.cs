using System.Text.Json;
using FlexCrew.Database;
using FlexCrew.Database.Crew;
using FlexCrew.Database.Runs;

namespace FlexCrew.IntegrationTests.Database;

public sealed class SyncLogTests() : DatabaseTest(SchemaKind.Migrated)
{
    private static readonly DateTimeOffset Noon = new(2027, 6, 18, 12, 0, 0, TimeSpan.FromHours(2));

    private readonly Guid _job = Guid.NewGuid();

    private SyncLog Log => new(Source);

    [Fact]
    public async Task Every_field_of_a_run_is_in_its_row()
    {
        var (call, technician) = (Guid.NewGuid(), Guid.NewGuid());
        await Log.WriteAsync(
            Run("run-1") with
            {
                CrewCallId = call,
                Kind = "add",
                TechnicianId = technician,
                Status = "partial",
                Added = 1,
                Removed = 2,
                Kept = 3,
                Failed = 4,
                RolesSet = 5,
                FlexRequests = 6,
                DurationMs = 7_000_000_000,
                ErrorsJson = """{"errors":["Add failed"]}""",
                PruneOrphans = false,
                Attempt = 2,
            },
            null, default);

        using var row = JsonDocument.Parse((await Database.ScalarAsync<string>("select to_jsonb(l) - 'id' from flex_sync_log l"))!);
        Assert.Equal(
            $$"""
            {"job_id":"{{_job}}","department":"sound","crew_call_id":"{{call}}","instance_id":"run-1","correlation_id":"corr-run-1","triggered_by":"user","kind":"add","technician_id":"{{technician}}","status":"partial","added_count":1,"removed_count":2,"kept_count":3,"failed_count":4,"roles_set":5,"flex_requests":6,"duration_ms":7000000000,"errors":{"errors":["Add failed"]},"prune_orphans":false,"attempt":2,"next_retry_at":null,"started_at":"2027-06-18T10:00:00+00:00","finished_at":"2027-06-18T10:00:05+00:00"}
            """,
            $"{{{string.Join(',', Columns.Select(name => $"\"{name}\":{row.RootElement.GetProperty(name).GetRawText().Replace(": ", ":", StringComparison.Ordinal)}"))}}}");
        Assert.Equal(Columns.Length, row.RootElement.EnumerateObject().Count());
    }

    [Fact]
    public async Task Writing_a_run_twice_keeps_its_first_row()
    {
        await Log.WriteAsync(Run("run-1") with { Status = "failed", RetryAfter = TimeSpan.FromMinutes(1) }, null, default);
        await Log.WriteAsync(Run("run-1") with { Status = "succeeded" }, null, default);
        await Log.WriteAsync(Run("run-1") with { Department = "lights" }, null, default);

        Assert.Equal(
            ["failed", "succeeded"], await Database.RowsAsync<string>("select status from flex_sync_log order by department desc"));
        Assert.Equal(["run-1"], await PendingAsync());
    }

    [Fact]
    public async Task A_retry_is_due_so_long_after_the_writing_by_the_clock_of_the_database()
    {
        await Log.WriteAsync(Run("run-1") with { Status = "failed", RetryAfter = TimeSpan.FromMinutes(5) }, null, default);

        var wait = await Database.ScalarAsync<double>("select extract(epoch from next_retry_at - now()) from flex_sync_log");

        Assert.InRange(wait, 240, 300);
    }

    [Theory]
    [InlineData("succeeded", false)]
    [InlineData("skipped", false)]
    [InlineData("succeeded", true)]
    [InlineData("partial", true)]
    [InlineData("failed", true)]
    public async Task A_newer_run_that_succeeded_or_has_a_retry_of_its_own_clears_those_of_older_ones(string status, bool retried)
    {
        await Log.WriteAsync(Run("older") with { Status = "failed", RetryAfter = TimeSpan.FromMinutes(1) }, null, default);

        await Log.WriteAsync(
            Run("newer", minutes: 1) with { Status = status, RetryAfter = retried ? TimeSpan.FromMinutes(5) : null }, null, default);

        Assert.Equal(retried ? ["newer"] : [], await PendingAsync());
    }

    /// <summary>What another run answered read nothing itself; what is given up made nothing right.</summary>
    [Theory]
    [InlineData("coalesced")]
    [InlineData("partial")]
    [InlineData("failed")]
    public async Task A_newer_run_that_made_nothing_right_leaves_the_retries_of_older_ones(string status)
    {
        await Log.WriteAsync(Run("older") with { RetryAfter = TimeSpan.FromMinutes(1) }, null, default);

        await Log.WriteAsync(Run("newer", minutes: 1) with { Status = status }, null, default);

        Assert.Equal(["older"], await PendingAsync());
    }

    [Fact]
    public async Task A_run_leaves_the_retries_of_newer_ones_of_other_keys_and_of_itself()
    {
        var retried = Run("newer", minutes: 2) with { Status = "failed", RetryAfter = TimeSpan.FromMinutes(1) };
        await Log.WriteAsync(retried, null, default);
        await Log.WriteAsync(retried with { InstanceId = "other-job", JobId = Guid.NewGuid(), StartedAt = Noon }, null, default);
        await Log.WriteAsync(retried with { InstanceId = "other-department", Department = "lights", StartedAt = Noon }, null, default);

        await Log.WriteAsync(Run("run", minutes: 1) with { Status = "partial", RetryAfter = TimeSpan.FromMinutes(1) }, null, default);

        Assert.Equal(["newer", "other-department", "other-job", "run"], await PendingAsync());
    }

    [Fact]
    public async Task A_run_that_does_not_prune_leaves_the_retry_of_one_that_was_to()
    {
        var failed = Run("pruning") with { Status = "failed", RetryAfter = TimeSpan.FromMinutes(1) };
        await Log.WriteAsync(failed, null, default);
        await Log.WriteAsync(failed with { InstanceId = "careful", PruneOrphans = false }, null, default);

        await Log.WriteAsync(Run("newer", minutes: 1) with { PruneOrphans = false }, null, default);
        Assert.Equal(["pruning"], await PendingAsync());

        await Log.WriteAsync(Run("newest", minutes: 2), null, default);
        Assert.Empty(await PendingAsync());
    }

    [Fact]
    public async Task A_nul_in_what_flex_said_does_not_cost_the_row()
    {
        await Log.WriteAsync(Run("run-1") with { ErrorsJson = """{"said":"a\u0000b"}""" }, null, default);

        Assert.Equal("a\ufffdb", await Database.ScalarAsync<string>("select errors ->> 'said' from flex_sync_log"));
    }

    [Fact]
    public async Task A_status_that_is_none_is_refused_and_nothing_is_cleared()
    {
        await Log.WriteAsync(Run("older") with { Status = "failed", RetryAfter = TimeSpan.FromMinutes(1) }, null, default);

        var error = await Assert.ThrowsAsync<DatabaseException>(
            () => Log.WriteAsync(Run("newer", minutes: 1) with { Status = "done" }, null, default));

        Assert.Equal("Database query 'write sync log' failed (23514, value not allowed)", error.Message);
        Assert.Equal(["older"], await PendingAsync());
    }

    [Fact]
    public async Task A_run_gives_its_fence_back_with_its_row_and_leaves_those_of_others()
    {
        var (mine, theirs) = (await JobAsync(), await JobAsync());
        await ClaimAsync(mine, holder: "run-1:sound");
        await ClaimAsync(theirs, holder: "run-2:sound");

        await Log.WriteAsync(Run("run-1"), new FenceReturn("run-1:sound", 0), default);

        Assert.Null((await ReadAsync(mine)).Fence!.Holder);
        Assert.Equal("run-2:sound", (await ReadAsync(theirs)).Fence!.Holder);
    }

    [Fact]
    public async Task A_run_that_is_not_logged_keeps_its_fence()
    {
        var job = await JobAsync();
        await ClaimAsync(job, holder: "run-1:sound");

        await Assert.ThrowsAsync<DatabaseException>(
            () => Log.WriteAsync(Run("run-1") with { Status = "done" }, new FenceReturn("run-1:sound", 0), default));

        Assert.Equal("run-1:sound", (await ReadAsync(job)).Fence!.Holder);
    }

    /// <summary>An attempt that passed the fence and that no step accounted for may be under way in Flex.</summary>
    [Fact]
    public async Task A_run_gives_its_fence_back_when_every_attempt_that_passed_it_is_accounted_for()
    {
        var job = await JobAsync();
        var hold = await ClaimAsync(job, holder: "run-1:sound");
        var call = (await ReadAsync(job)).Call!.Id;
        var add = new AddClaim(hold, call, "res-1", [new AddedTechnician(await Database.AddTechnicianAsync(), null, null)]);
        await new Fences(Source).PassAsync(hold, default);
        await new CrewReader(Source).DesiredAsync(hold, call, true, default);
        await new CrewReader(Source).DesiredAsync(hold, call, false, default);
        await new AddJournal(Source).BeginAsync(add, default);
        Assert.False((await new AddJournal(Source).BeginAsync(add, default)).IsWritten);

        await Log.WriteAsync(Run("run-1"), new FenceReturn("run-1:sound", 3), default);

        Assert.Null((await ReadAsync(job)).Fence!.Holder);
        Assert.Equal(0, await Database.ScalarAsync<int>("select count(*) from flex_crew_fence_passes"));
    }

    [Fact]
    public async Task A_run_that_ended_with_an_attempt_unaccounted_for_writes_nothing_more_and_nobody_else_does_yet()
    {
        var job = await JobAsync();
        var hold = await ClaimAsync(job, holder: "run-1:sound");
        var fences = new Fences(Source);
        await fences.PassAsync(hold, default);

        await Log.WriteAsync(Run("run-1"), new FenceReturn("run-1:sound", 0), default);

        Assert.False(await fences.PassAsync(hold, default));
        Assert.Equal("run-1:sound (ended)", (await ReadAsync(job, holder: "run-2:sound")).Fence!.Holder);
        await Log.WriteAsync(Run("run-1"), new FenceReturn("run-1:sound", 1), default);
        Assert.Equal("run-1:sound (ended)", (await ReadAsync(job, holder: "run-1:sound")).Fence!.Holder);
    }

    [Theory]
    [InlineData("succeeded", 61, true)]
    [InlineData("succeeded", 59, false)]
    [InlineData("partial", 61, false)]
    public async Task A_run_that_made_everything_right_ends_the_adds_that_were_begun_a_minute_before_it(
        string status, int seconds, bool ended)
    {
        var job = await Database.AddJobAsync();
        var call = await Database.AddCrewCallAsync(job);
        var element = (await ClaimAsync(job, holder: "run-1:sound")).Element;
        var linked = await Database.AddCrewCallAsync(await Database.AddJobAsync(), elementId: element);
        var linkedBefore = await Database.AddCrewCallAsync(await Database.AddJobAsync());
        var run = Run("run-1") with { CrewCallId = call, Status = status };
        foreach (var (crewCall, of) in new[] { (call, element), (call, "element-before"), (linked, element), (linkedBefore, element) })
            await Database.ExecuteAsync(
                """
                insert into flex_crew_add_intents (crew_call_id, technician_id, element, flex_resource_id, instance_id, started_at)
                values (@crewCall, @technician, @of, 'res-1', 'killed', @startedAt)
                """,
                new
                {
                    crewCall, of, technician = await Database.AddTechnicianAsync(),
                    startedAt = run.StartedAt.UtcDateTime.AddSeconds(-seconds)
                });

        await Log.WriteAsync(run, new FenceReturn("run-1:sound", 0), default);

        var open = await Database.RowsAsync<(Guid, string)>("select crew_call_id, element from flex_crew_add_intents");
        IEnumerable<(Guid, string)> stay = [(call, "element-before"), (linked, element)];
        Assert.Equal((ended ? stay : [.. stay, (call, element), (linkedBefore, element)]).Order(), open.Order());
    }

    private async Task<Guid> JobAsync()
    {
        var job = await Database.AddJobAsync();
        await Database.AddCrewCallAsync(job);
        return job;
    }

    /// <summary>A command made only its own person right. A sync that succeeded made everybody right, later than the command.</summary>
    [Theory]
    [InlineData("remove", true, "other-person", "sync")]
    [InlineData("add", true, "other-person", "sync")]
    [InlineData("add", false, "other-person", "sync")]
    [InlineData("sync", false)]
    public async Task A_command_clears_only_the_retries_of_commands_for_its_person(string kind, bool prunes, params string[] left)
    {
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        var failed = Run("sync") with { Status = "failed", RetryAfter = TimeSpan.FromMinutes(1), PruneOrphans = false };
        await Log.WriteAsync(failed, null, default);
        await Log.WriteAsync(
            failed with { InstanceId = "person", Kind = "remove", TechnicianId = one, PruneOrphans = true }, null, default);
        await Log.WriteAsync(failed with { InstanceId = "other-person", Kind = "remove", TechnicianId = other }, null, default);

        var newer = Run("newer", minutes: 1) with { Kind = kind, PruneOrphans = prunes };
        await Log.WriteAsync(newer with { TechnicianId = kind == "sync" ? null : one }, null, default);

        Assert.Equal(left, await PendingAsync());
    }

    private static string[] Columns =>
    [
        "job_id", "department", "crew_call_id", "instance_id", "correlation_id", "triggered_by", "kind",
        "technician_id", "status", "added_count", "removed_count", "kept_count", "failed_count", "roles_set", "flex_requests",
        "duration_ms", "errors", "prune_orphans", "attempt", "next_retry_at", "started_at", "finished_at",
    ];

    private SyncLogRow Run(string instance, int minutes = 0) => new()
    {
        JobId = _job,
        Department = "sound",
        InstanceId = instance,
        CorrelationId = $"corr-{instance}",
        TriggeredBy = "user",
        Status = "succeeded",
        StartedAt = Noon.AddMinutes(minutes),
        FinishedAt = Noon.AddMinutes(minutes).AddSeconds(5),
    };

    private Task<IReadOnlyList<string>> PendingAsync() =>
        Database.RowsAsync<string>("select instance_id from flex_sync_log where next_retry_at is not null order by instance_id");
}
