using System.Collections.Concurrent;
using FlexCrew.Database;
using FlexCrew.Database.Runs;

namespace FlexCrew.IntegrationTests.Database;

public sealed class RetryQueueTests() : DatabaseTest(SchemaKind.Migrated)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private RetryQueue Queue => new(Source);

    [Fact]
    public async Task A_retry_that_is_due_is_claimed_as_the_next_attempt_and_only_once()
    {
        var run = await FailAsync("run-1", pruneOrphans: false);

        var due = Assert.Single(await Queue.ClaimAsync(10, Minute, 5, default));

        Assert.Equal(run.JobId, due.JobId);
        Assert.Equal(("lights", 2, false, "corr-run-1"), (due.Department, due.Attempt, due.PruneOrphans, due.CorrelationId));
        Assert.Equal(due.LogId, await Database.ScalarAsync<Guid>("select id from flex_sync_log"));
        Assert.Empty(await Queue.ClaimAsync(10, Minute, 5, default));
    }

    [Fact]
    public async Task The_retry_of_a_command_knows_what_and_whom_it_is_about()
    {
        var person = Guid.NewGuid();
        await new SyncLog(Source).WriteAsync(
            Run("run-1") with { Status = "failed", RetryAfter = TimeSpan.Zero, Kind = "remove", TechnicianId = person }, null, default);

        var due = Assert.Single(await Queue.ClaimAsync(10, Minute, 5, default));

        Assert.Equal(("remove", person), (due.Kind, due.TechnicianId!.Value));
    }

    [Fact]
    public async Task A_retry_that_is_not_due_waits()
    {
        await FailAsync("run-1", due: TimeSpan.FromMinutes(1));

        Assert.Empty(await Queue.ClaimAsync(10, Minute, 5, default));
        Assert.Equal(1, await Queue.DepthAsync(default));
    }

    [Fact]
    public async Task A_run_that_needs_no_retry_is_not_in_the_queue()
    {
        await new SyncLog(Source).WriteAsync(Run("run-1") with { Status = "succeeded", RetryAfter = null }, null, default);

        Assert.Empty(await Queue.ClaimAsync(10, Minute, 5, default));
        Assert.Equal(0, await Queue.DepthAsync(default));
    }

    [Fact]
    public async Task A_claim_runs_out_so_that_the_death_of_its_claimer_loses_nothing()
    {
        await FailAsync("run-1");
        await Queue.ClaimAsync(10, Minute, 5, default);
        var wait = await Database.ScalarAsync<double>("select extract(epoch from next_retry_at - now()) from flex_sync_log");
        await MakeDueAsync();

        Assert.InRange(wait, 30, 60);
        Assert.Equal(3, Assert.Single(await Queue.ClaimAsync(10, Minute, 5, default)).Attempt);
    }

    [Theory]
    [InlineData(5, new[] { 2, 3, 4, 5, 6 })]
    [InlineData(2, new[] { 2, 3 })]
    [InlineData(7, new[] { 2, 3, 4, 5, 6, 7, 8 })]
    public async Task A_run_whose_every_claimer_died_is_given_up_after_its_last_attempt_was_claimed_once_more(
        int maxAttempts, int[] expected)
    {
        await FailAsync("run-1");
        var attempts = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            attempts.AddRange((await Queue.ClaimAsync(10, Minute, maxAttempts, default)).Select(due => due.Attempt));
            await MakeDueAsync();
        }

        Assert.Equal(expected, attempts);
        Assert.Equal(0, await Queue.DepthAsync(default));
    }

    [Fact]
    public async Task The_row_of_a_retry_goes_on_counting_where_the_claim_left_off()
    {
        await FailAsync("run-1");
        var first = Assert.Single(await Queue.ClaimAsync(10, Minute, 5, default));
        await new SyncLog(Source).WriteAsync(
            Run("retry-1") with
            {
                JobId = first.JobId,
                Attempt = first.Attempt,
                RetryAfter = TimeSpan.FromMinutes(-1),
                StartedAt = DateTimeOffset.UtcNow,
            },
            null, default);

        var second = Assert.Single(await Queue.ClaimAsync(10, Minute, 5, default));

        Assert.Equal(3, second.Attempt);
        Assert.Equal(1, await Queue.DepthAsync(default));
    }

    [Fact]
    public async Task The_last_attempt_that_failed_takes_the_row_that_it_came_from_out_of_the_queue_and_no_other()
    {
        var run = await FailAsync("run-1");
        await new SyncLog(Source).WriteAsync(
            run with { InstanceId = "run-2", RetryAfter = TimeSpan.FromMinutes(9), StartedAt = run.StartedAt.AddMinutes(-1) }, null,
            default);
        var claimed = Assert.Single(await Queue.ClaimAsync(10, Minute, 2, default));

        await new SyncLog(Source).WriteAsync(
            run with
            {
                InstanceId = $"retry-{claimed.LogId:N}-{claimed.Attempt}",
                RetryAfter = null,
                Attempt = claimed.Attempt,
                StartedAt = DateTimeOffset.UtcNow
            },
            null, default);

        Assert.Equal(
            ["run-2"], await Database.RowsAsync<string>("select instance_id from flex_sync_log where next_retry_at is not null"));
    }

    [Fact]
    public async Task No_more_are_claimed_than_asked_for_and_the_longest_due_go_first()
    {
        await FailAsync("late", due: TimeSpan.FromMinutes(-1));
        await FailAsync("later", due: TimeSpan.FromMinutes(-2));
        await FailAsync("latest", due: TimeSpan.FromMinutes(-3));

        var claimed = await Queue.ClaimAsync(2, Minute, 5, default);

        Assert.Equal(["corr-later", "corr-latest"], claimed.Select(due => due.CorrelationId).Order());
    }

    [Fact]
    public async Task Two_claimers_at_once_never_take_the_same_row()
    {
        for (var i = 0; i < 60; i++)
            await FailAsync($"run-{i}");
        var claimed = new ConcurrentBag<Guid>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var round = 0; round < 15; round++)
                foreach (var due in await Queue.ClaimAsync(3, Minute, 5, default))
                    claimed.Add(due.LogId);
        }));

        Assert.Equal(60, claimed.Count);
        Assert.Equal(60, claimed.Distinct().Count());
    }

    [Fact]
    public async Task A_row_that_another_claimer_holds_is_skipped_and_not_waited_for()
    {
        await FailAsync("held");
        await FailAsync("free");
        await using var connection = await Database.OpenAsync();
        await using var other = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select 1 from flex_sync_log where instance_id = 'held' for update";
        await command.ExecuteScalarAsync();

        var claimed = await Queue.ClaimAsync(10, Minute, 5, default);

        Assert.Equal(["corr-free"], claimed.Select(due => due.CorrelationId));
    }

    [Fact]
    public async Task A_newer_success_takes_older_failures_out_of_the_queue()
    {
        var failed = await FailAsync("run-1");
        await FailAsync("of-another-job");

        await new SyncLog(Source).WriteAsync(
            failed with { InstanceId = "run-2", Status = "succeeded", RetryAfter = null, StartedAt = failed.StartedAt.AddSeconds(1) },
            null, default);

        Assert.Equal(["corr-of-another-job"], (await Queue.ClaimAsync(10, Minute, 5, default)).Select(due => due.CorrelationId));
    }

    private async Task<SyncLogRow> FailAsync(string instance, TimeSpan? due = null, bool pruneOrphans = true)
    {
        var run = Run(instance) with { RetryAfter = due ?? TimeSpan.FromSeconds(-1), PruneOrphans = pruneOrphans };
        await new SyncLog(Source).WriteAsync(run, null, default);
        return run;
    }

    private Task MakeDueAsync() =>
        Database.ExecuteAsync("update flex_sync_log set next_retry_at = now() where next_retry_at is not null");

    private static SyncLogRow Run(string instance) => new()
    {
        JobId = Guid.NewGuid(),
        Department = "lights",
        InstanceId = instance,
        CorrelationId = $"corr-{instance}",
        TriggeredBy = "user",
        Status = "failed",
        StartedAt = DateTimeOffset.UtcNow.AddHours(-1),
        FinishedAt = DateTimeOffset.UtcNow.AddHours(-1),
    };
}
