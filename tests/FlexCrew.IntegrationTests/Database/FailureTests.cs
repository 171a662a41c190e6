using System.Net;
using System.Net.Sockets;
using FlexCrew.Database;
using FlexCrew.Database.Connection;
using FlexCrew.Database.Crew;
using FlexCrew.Database.Runs;
using Npgsql;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>Every query fails loudly, in words, and never answers an empty list instead.</summary>
public sealed class FailureTests() : DatabaseTest(SchemaKind.Empty)
{
    private static readonly Query Sleep = new("sleep", "select pg_sleep(30)::text");

    public static TheoryData<string> Queries() => [.. Calls.Keys];

    private static Dictionary<string, Func<NpgsqlDataSource, CancellationToken, Task>> Calls { get; } = new()
    {
        ["crew"] = (s, c) => new CrewReader(s).ReadAsync(new CrewQuery(Guid.NewGuid(), "sound", "run", TimeSpan.FromMinutes(1)), c),
        ["desired crew"] = (s, c) => new CrewReader(s).DesiredAsync(Fence, Guid.NewGuid(), true, c),
        ["departments of the job"] = (s, c) => new CrewCalls(s).DepartmentsAsync(Guid.NewGuid(), c),
        ["people"] = (s, c) => new CrewCalls(s).PeopleAsync([Guid.NewGuid()], ["res"], c),
        ["fence"] = (s, c) => new Fences(s).PassAsync(Fence, c),
        ["free fence"] = (s, c) => new Fences(s).FreeAsync("element", c),
        ["delete crew rows"] = (s, c) => new CrewTable(s).DeleteAsync(Deletions, c),
        ["begin add"] = (s, c) => new AddJournal(s).BeginAsync(Add, c),
        ["complete add"] = (s, c) => new AddJournal(s).CompleteAsync(Add, "line", true, c),
        ["abandon add"] = (s, c) => new AddJournal(s).AbandonAsync(Add, c),
        ["write sync log"] = (s, c) => new SyncLog(s).WriteAsync(Run, new FenceReturn("run", 0), c),
        ["claim retries"] = (s, c) => new RetryQueue(s).ClaimAsync(1, TimeSpan.FromMinutes(1), 5, c),
        ["retry queue depth"] = (s, c) => new RetryQueue(s).DepthAsync(c),
        ["caller's role"] = (s, c) => new Callers(s).RoleAsync(Guid.NewGuid(), c),
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_missing_table_is_an_error_that_another_try_does_not_cure(string query)
    {
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Calls[query](Source, default));

        Assert.Equal($"Database query '{query}' failed (42P01, table missing)", error.Message);
        Assert.False(error.IsTransient);
        Assert.Equal(new Failure(FailureKind.Database, error.Message), error.ToFailure());
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_server_that_is_not_there_is_an_error_that_may_pass(string query)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var source = DatabaseConnection.Create($"postgres://ana:Secret1@127.0.0.1:{port}/jobs");

        var error = await Assert.ThrowsAsync<DatabaseException>(() => Calls[query](source, default));

        Assert.Equal($"Database query '{query}' failed (connection refused)", error.Message);
        Assert.True(error.IsTransient);
        Assert.DoesNotContain("Secret1", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Giving_up_is_no_error_of_the_database(string query)
    {
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Calls[query](Source, caller.Token));
    }

    [Fact]
    public async Task Giving_up_ends_a_statement_that_is_under_way()
    {
        using var caller = new CancellationTokenSource();
        var sleeping = Source.RowsAsync<string>(Sleep, null, caller.Token);
        await UntilSleepingAsync(Database, 1);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeping);
        await UntilSleepingAsync(Database, 0);
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_a_timeout()
    {
        await using var source = DatabaseConnection.Create($"{Database.Url}?Command%20Timeout=1");

        await FailsAsync(() => source.RowsAsync<string>(Sleep, null, default), "timeout");
        await UntilSleepingAsync(Database, 0);
    }

    [Fact]
    public async Task A_statement_that_the_server_ends_is_a_timeout()
    {
        await Database.ExecuteAsync($"alter database {Database.Name} set statement_timeout = '200ms'");

        await FailsAsync(() => Source.RowsAsync<string>(Sleep, null, default), "57014, timeout");
    }

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_is_a_timeout()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var source = DatabaseConnection.Create($"postgres://ana@127.0.0.1:{port}/jobs?connect_timeout=1");

        await FailsAsync(() => source.RowsAsync<string>(Sleep, null, default), "timeout");
    }

    [Fact]
    public async Task More_callers_than_the_pool_has_connections_is_an_error_that_may_pass()
    {
        await using var source = DatabaseConnection.Create($"{Database.Url}?connection_limit=1&connect_timeout=1");
        await using (await source.OpenConnectionAsync())
            await FailsAsync(() => source.RowsAsync<string>(Sleep, null, default), "connection pool exhausted");

        Assert.Equal(["1"], await source.RowsAsync<string>(new Query("one", "select '1'"), null, default));
    }

    [Fact]
    public async Task A_session_that_the_server_ends_in_a_write_is_an_error_that_may_pass()
    {
        var writing = Source.ExecuteAsync(new Query("sleep", "do 'begin perform pg_sleep(30); end'"), null, default);
        await UntilSleepingAsync(Database, 1);

        await Database.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'");

        await FailsAsync(() => writing, "57P01, server stopped");
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_fails_what_is_under_way_and_serves_again_when_it_is_back()
    {
        using var cluster = await Task.Run(LocalCluster.Create);
        var url = cluster.Url;
        await using var source = DatabaseConnection.Create($"{url}?connect_timeout=1");
        var one = new Query("one", "select '1'");
        var sleeping = source.RowsAsync<string>(Sleep, null, default);
        await source.RowsAsync<string>(one, null, default);

        await Task.Run(cluster.Stop);

        Assert.True((await Assert.ThrowsAsync<DatabaseException>(() => sleeping)).IsTransient);
        await FailsAsync(() => source.RowsAsync<string>(one, null, default), "connection refused", "one");
        await Task.Run(() => cluster.Start(new Uri(url).Port));
        Assert.Equal(["1"], await source.RowsAsync<string>(one, null, default));
    }

    private static FenceHold Fence => new("element", 1, "run");

    private static AddClaim Add => new(Fence, Guid.NewGuid(), "res", [new AddedTechnician(Guid.NewGuid(), null, null)]);

    private static RowDeletions Deletions => new(Fence, Guid.NewGuid(), [new(Guid.NewGuid(), Guid.NewGuid(), null)], []);

    private static SyncLogRow Run => new()
    {
        JobId = Guid.NewGuid(),
        Department = "sound",
        InstanceId = "run",
        CorrelationId = "corr",
        TriggeredBy = "user",
        Status = "succeeded",
        StartedAt = DateTimeOffset.UnixEpoch,
        FinishedAt = DateTimeOffset.UnixEpoch,
    };

    private static async Task FailsAsync(Func<Task> query, string reason, string name = "sleep")
    {
        var error = await Assert.ThrowsAsync<DatabaseException>(query);
        Assert.Equal($"Database query '{name}' failed ({reason})", error.Message);
        Assert.True(error.IsTransient);
    }

    private static async Task UntilSleepingAsync(TestDatabase database, int count)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < deadline; await Task.Delay(10))
            if (await database.ScalarAsync<int>(
                    "select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'") == count)
                return;
        Assert.Fail($"No {count} statements slept");
    }
}
