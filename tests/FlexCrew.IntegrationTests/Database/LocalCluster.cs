using FlexCrew.Tests;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>
/// A private PostgreSQL cluster in <c>.local/test-postgres</c>, run by <c>scripts/lib/postgres.sh</c>. Each test process
/// locks a numbered slot of its own; what a killed process left in a slot is stopped and replaced.
/// </summary>
public sealed class LocalCluster : IDisposable
{
    private readonly string _directory;
    private readonly FileStream _slot;

    private LocalCluster(string directory, FileStream slot)
    {
        _directory = directory;
        _slot = slot;
    }

    /// <summary>Starts a cluster in the first slot that no other process holds.</summary>
    public static LocalCluster Create()
    {
        var parent = RepositoryFiles.PathOf(".local", "test-postgres");
        Directory.CreateDirectory(parent);
        for (var number = 0; number < 32; number++)
        {
            if (TryLock(Path.Combine(parent, $"{number}.lock")) is not { } slot)
                continue;
            var cluster = new LocalCluster(Path.Combine(parent, $"{number}"), slot);
            cluster.Run("pg_ensure_installed && pg_remove \"$DIR\"");
            cluster.Start();
            return cluster;
        }

        throw new InvalidOperationException($"32 test processes hold a cluster in {parent}");
    }

    /// <summary>The URL of the server's own database <c>postgres</c>.</summary>
    public string Url => Run("pg_url \"$DIR\" postgres");

    /// <summary>Starts the server, on the given port or a free one.</summary>
    public void Start(int port = 0) =>
        Run($"pg_start \"$DIR\" {port} --no-fsync max_connections=300 shared_buffers=64MB");

    /// <summary>Stops the server the hard way: connections break.</summary>
    public void Stop() => Run("pg_stop \"$DIR\" immediate");

    public void Dispose()
    {
        Run("pg_remove \"$DIR\"");
        _slot.Dispose();
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private string Run(string command) => PostgresScript.Run(command, _directory);
}
