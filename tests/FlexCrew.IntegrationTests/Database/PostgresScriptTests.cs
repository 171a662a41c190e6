using FlexCrew.Tests;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>The script that runs PostgreSQL for development, in a directory of the test's own.</summary>
public sealed class PostgresScriptTests : IDisposable
{
    private readonly string _directory = RepositoryFiles.PathOf(".local", "test-script", Path.GetRandomFileName());

    [Fact]
    public void A_cluster_keeps_its_data_over_an_unclean_stop_and_starting_it_twice_is_starting_it_once()
    {
        var port = Run("pg_start $DIR 0 && pg_create_database $DIR jobs && pg_create_database $DIR jobs && pg_port $DIR");
        Run("""for f in schema sample; do pg_apply "$(pg_url $DIR jobs)" supabase/dev/$f.sql; done""");
        Assert.Equal(port, Run("pg_start $DIR 0 && pg_port $DIR"));

        Run("kill -9 $(head -n 1 $DIR/data/postmaster.pid)");
        Run("pg_start $DIR 0");

        Assert.Equal("14", Run("""psql -X -At -c 'select count(*) from job_assignments' "$(pg_url $DIR jobs)" """));
        Assert.Equal("700", Run("stat -c %a $DIR/."));
    }

    [Fact]
    public void A_pid_file_that_is_stale_or_names_another_process_does_not_matter()
    {
        Run("pg_start $DIR 0 --no-fsync && pg_stop $DIR && pg_stop $DIR");
        Run("echo $PPID > $DIR/data/postmaster.pid");

        Assert.StartsWith("postgres://postgres@127.0.0.1:", Run("pg_start $DIR 0 && pg_url $DIR jobs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Migrations_run_in_one_transaction_each_and_back()
    {
        Run("pg_start $DIR 0 --no-fsync && pg_create_database $DIR jobs");
        const string Url = """ "$(pg_url $DIR jobs)" """;

        var failed = Assert.Throws<InvalidOperationException>(() => Run($"pg_apply_migrations {Url}"));
        Assert.Contains(
            "20261122100000_unique_crew_assignments.sql failed; nothing of it was applied", failed.Message, StringComparison.Ordinal);
        Assert.Equal("0", Run($"psql -X -At -c \"select count(*) from pg_tables where schemaname = 'public'\" {Url}"));

        Run($"pg_apply {Url} tests/FlexCrew.IntegrationTests/Database/adr-schema.sql");
        Run($"pg_apply_migrations {Url} && pg_apply_migrations {Url}");
        Assert.Equal("11", Run($"psql -X -At -c \"select count(*) from pg_tables where schemaname = 'public'\" {Url}"));
        Run($"pg_apply_rollbacks {Url}");
        Assert.Equal("5", Run($"psql -X -At -c \"select count(*) from pg_tables where schemaname = 'public'\" {Url}"));
    }

    [Fact]
    public void Removing_a_cluster_leaves_nothing_of_it()
    {
        Run("pg_start $DIR 0 --no-fsync");
        var sockets = Run("cat $DIR/socket");
        Assert.True(Directory.Exists(sockets));

        Run("pg_remove $DIR && pg_remove $DIR");

        Assert.False(Directory.Exists(_directory) || Directory.Exists(sockets));
    }

    public void Dispose() => Run("pg_remove $DIR");

    private string Run(string command) => PostgresScript.Run(command, _directory);
}
