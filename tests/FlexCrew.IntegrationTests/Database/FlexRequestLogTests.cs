using FlexCrew.Database;
using FlexCrew.Database.Runs;

namespace FlexCrew.IntegrationTests.Database;

public sealed class FlexRequestLogTests() : DatabaseTest(SchemaKind.Migrated)
{
    [Fact]
    public async Task Without_a_run_there_are_none() => Assert.Equal(new FlexRequestSums(0, 0), await SumAsync());

    [Fact]
    public async Task The_runs_that_ended_in_the_last_hour_and_in_the_last_day_are_summed()
    {
        await LogAsync(requests: 1, ended: TimeSpan.FromMinutes(1));
        await LogAsync(requests: 20, ended: TimeSpan.FromMinutes(59));
        await LogAsync(requests: 300, ended: TimeSpan.FromMinutes(61));
        await LogAsync(requests: 4_000, ended: TimeSpan.FromMinutes((24 * 60) - 1));
        await LogAsync(requests: 50_000, ended: TimeSpan.FromMinutes((24 * 60) + 1));

        Assert.Equal(new FlexRequestSums(21, 4_321), await SumAsync());
    }

    [Fact]
    public async Task In_a_long_log_only_the_rows_of_the_last_day_are_looked_at()
    {
        await Database.ExecuteAsync(
            """
            insert into flex_sync_log (job_id, department, instance_id, correlation_id, triggered_by, status, flex_requests, started_at, finished_at)
            select gen_random_uuid(), 'sound', 'run-' || n, 'c', 'user', 'succeeded', 1, now() - n * interval '1 hour', now() - n * interval '1 hour'
            from generate_series(0, 20000) n
            """);
        await Database.ExecuteAsync("analyze flex_sync_log");

        var plan =
            await Database.RowsAsync<string>(
                "explain select sum(flex_requests) from public.flex_sync_log l where l.finished_at > now() - interval '1 day'");

        Assert.Contains(plan, line => line.Contains("flex_sync_log_finished_at_idx", StringComparison.Ordinal));
        Assert.Equal(new FlexRequestSums(1, 24), await SumAsync());
    }

    private Task<FlexRequestSums> SumAsync() => new FlexRequestLog(Source).SumAsync(default);

    private Task LogAsync(int requests, TimeSpan ended) => new SyncLog(Source).WriteAsync(
        new SyncLogRow
        {
            JobId = Guid.NewGuid(),
            Department = "sound",
            InstanceId = $"run-{requests}",
            CorrelationId = "corr",
            TriggeredBy = "user",
            Status = "succeeded",
            FlexRequests = requests,
            StartedAt = DateTimeOffset.UtcNow - ended,
            FinishedAt = DateTimeOffset.UtcNow - ended,
        },
        fence: null,
        default);
}
