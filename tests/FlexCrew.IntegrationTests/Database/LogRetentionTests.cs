using FlexCrew.Database.Connection;
using FlexCrew.Database.Runs;
using FlexCrew.IntegrationTests.EndToEnd;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>Rows of the log do not stay for ever.</summary>
public sealed class LogRetentionTests
{
    private const string Insert =
        """
        insert into flex_sync_log (job_id, department, instance_id, correlation_id, triggered_by, status, next_retry_at, started_at, finished_at)
        select gen_random_uuid(), 'sound', 'run-' || @age || '-' || n, 'corr', 'user', 'succeeded', @retry::timestamptz,
               now() - make_interval(days => @age), now() - make_interval(days => @age)
        from generate_series(1, @count) n
        """;

    [Fact]
    public async Task Rows_older_than_the_time_go_and_newer_ones_and_those_that_wait_for_a_retry_stay()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Migrated);
        await database.ExecuteAsync(Insert, new { age = 401, count = 3, retry = (DateTime?)null });
        await database.ExecuteAsync(Insert, new { age = 399, count = 2, retry = (DateTime?)null });
        await database.ExecuteAsync(Insert, new { age = 500, count = 1, retry = DateTime.UtcNow });
        await using var source = DatabaseConnection.Create(database.Url);

        Assert.Equal(3, await new LogRetention(source).DeleteAsync(TimeSpan.FromDays(400), default));

        Assert.Equal(
            ["run-399-1", "run-399-2", "run-500-1"],
            await database.RowsAsync<string>("select instance_id from flex_sync_log order by instance_id"));
    }

    [Fact]
    public async Task Many_rows_go_a_part_at_a_time()
    {
        await using var database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Migrated);
        await database.ExecuteAsync(Insert, new { age = 401, count = 4_001, retry = (DateTime?)null });
        await using var source = DatabaseConnection.Create(database.Url);

        Assert.Equal(4_001, await new LogRetention(source).DeleteAsync(TimeSpan.FromDays(400), default));
        Assert.Equal(0, await new LogRetention(source).DeleteAsync(TimeSpan.FromDays(400), default));
    }

    [Fact]
    public async Task LocalHost_deletes_them_by_itself()
    {
        var clock = new FastClock(factor: 600);
        await using var stage = await Stage.SetAsync(
            hosts: 0, overrides: [("FlexCrew:LogRetention", "10.00:00:00"), ("FlexCrew:RetryPollInterval", "23:00:00")]);
        await stage.Database.ExecuteAsync(Insert, new { age = 11, count = 2, retry = (DateTime?)null });
        await stage.Database.ExecuteAsync(Insert, new { age = 9, count = 1, retry = (DateTime?)null });

        await stage.AddHostAsync(clock.Use);

        await Stage.UntilAsync(
            async () => await stage.Database.ScalarAsync<int>("select count(*) from flex_sync_log") == 1, "the old rows go");
    }
}
