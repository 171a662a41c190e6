using Npgsql;

namespace FlexCrew.Database;

/// <summary>Deletes old rows of <c>flex_sync_log</c>.</summary>
public interface ILogRetention
{
    /// <summary>Deletes the rows of runs that finished longer ago than that and wait for no retry. Returns how many.</summary>
    /// <exception cref="DatabaseException">The query failed; what was deleted before it stays deleted.</exception>
    Task<int> DeleteAsync(TimeSpan olderThan, CancellationToken cancellation);
}

/// <inheritdoc cref="ILogRetention"/>
internal sealed class LogRetention(NpgsqlDataSource source) : ILogRetention
{
    private const int AtOnce = 2_000;

    // A part at a time, so that no statement runs into its time-out, however much there is to delete the first time.
    private static readonly Query Delete = new("delete old log rows",
        """
        delete from public.flex_sync_log l
        where l.id in (
          select o.id
          from public.flex_sync_log o
          where o.finished_at < now() - make_interval(secs => @seconds)
            and o.next_retry_at is null
          limit @AtOnce)
        """);

    public async Task<int> DeleteAsync(TimeSpan olderThan, CancellationToken cancellation)
    {
        var deleted = 0;
        int last;
        do
        {
            last = await source.ExecuteAsync(Delete, new { seconds = olderThan.TotalSeconds, AtOnce }, cancellation);
            deleted += last;
        }
        while (last == AtOnce);
        return deleted;
    }
}
