using System.Diagnostics;
using FlexCrew.Database;
using FlexCrew.Database.Connection;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>Connections that died in the pool: a read never fails of one, and a write is never sent twice.</summary>
public sealed class DeadConnectionTests() : DatabaseTest(SchemaKind.Empty)
{
    private static readonly Query Read = new("read", "select '1'");
    private static readonly Query Write = new("write", "insert into written values (1)");

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Database.ExecuteAsync("create table written (n int)");
    }

    [Fact]
    public async Task A_read_does_not_notice_that_the_server_closed_the_connection()
    {
        await Source.RowsAsync<string>(Read, null, default);
        await EndSessionsAsync();

        Assert.Equal(["1"], await Source.RowsAsync<string>(Read, null, default));
    }

    [Fact]
    public async Task A_read_that_the_server_ends_in_the_middle_is_asked_once_more()
    {
        var slow = Source.RowsAsync<string>(new Query("read", "select pg_sleep(1.5)::text"), null, default);
        await Task.Delay(500);
        await EndSessionsAsync();

        Assert.Equal([""], await slow);
    }

    [Fact]
    public async Task A_read_that_loses_its_connection_again_and_again_fails()
    {
        var ending = new Query("read", "select pg_terminate_backend(pg_backend_pid())::text");

        var error = await Assert.ThrowsAsync<DatabaseException>(() => Source.RowsAsync<string>(ending, null, default));

        Assert.Equal("Database query 'read' failed (57P01, server stopped)", error.Message);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_read_on_a_connection_that_the_network_forgot_is_asked_again_on_a_new_one()
    {
        using var network = new ForgetfulNetwork(Database);
        await using var source = DatabaseConnection.Create(network.Url);
        await source.RowsAsync<string>(Read, null, default);
        network.ForgetAll();
        var clock = Stopwatch.StartNew();

        Assert.Equal(["1"], await source.RowsAsync<string>(Read, null, default));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 4);
    }

    [Fact]
    public async Task A_read_that_is_only_slow_gets_its_answer_at_the_second_asking()
    {
        var clock = Stopwatch.StartNew();

        Assert.Equal([""], await Source.RowsAsync<string>(new Query("read", "select pg_sleep(3)::text"), null, default));

        Assert.InRange(clock.Elapsed.TotalSeconds, 3, 20);
    }

    [Fact]
    public async Task A_read_that_finds_one_dead_connection_spares_the_writes_after_it_the_others()
    {
        await using (await Source.OpenConnectionAsync())
        await using (await Source.OpenConnectionAsync())
            await Source.RowsAsync<string>(Read, null, default);
        await EndSessionsAsync();

        await Source.RowsAsync<string>(Read, null, default);
        for (var i = 0; i < 3; i++)
            Assert.Equal(1, await Source.ExecuteAsync(Write, null, default));
    }

    [Fact]
    public async Task A_write_on_a_dead_connection_fails_and_the_next_one_does_not()
    {
        await Source.RowsAsync<string>(Read, null, default);
        await EndSessionsAsync();

        var error = await Assert.ThrowsAsync<DatabaseException>(() => Source.ExecuteAsync(Write, null, default));
        Assert.True(error.IsTransient);
        Assert.Equal(0, await Database.ScalarAsync<int>("select count(*) from written"));

        Assert.Equal(1, await Source.ExecuteAsync(Write, null, default));
    }

    [Fact]
    public async Task A_write_that_was_done_and_whose_answer_was_lost_is_not_sent_again()
    {
        var ending = new Query("write", "with w as (insert into written values (1)) select pg_terminate_backend(pg_backend_pid())");
        var applied = new Query(
            "write", "do 'begin insert into written values (1); commit; perform pg_terminate_backend(pg_backend_pid()); end'");

        await Assert.ThrowsAsync<DatabaseException>(() => Source.ExecuteAsync(ending, null, default));
        await Assert.ThrowsAsync<DatabaseException>(() => Source.ExecuteAsync(applied, null, default));

        Assert.Equal(1, await Database.ScalarAsync<int>("select count(*) from written"));
    }

    // Those that are there now: a read that is asked once more may have a new one by the time that they have ended.
    private async Task EndSessionsAsync()
    {
        var ended = (await Database.RowsAsync<int>(
            """
            with own as materialized (
              select pid from pg_stat_activity where application_name = 'FlexCrew' and datname = current_database()
            )
            select pid from own where pg_terminate_backend(pid)
            """)).ToArray();
        for (var deadline = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < deadline; await Task.Delay(10))
            if (await Database.ScalarAsync<int>("select count(*) from pg_stat_activity where pid = any(@ended)", new { ended }) == 0)
                return;
        Assert.Fail("The sessions did not end");
    }
}
