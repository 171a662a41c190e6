using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database.Runs;

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
