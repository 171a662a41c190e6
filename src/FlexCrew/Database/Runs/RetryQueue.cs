using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database.Runs;

/// <inheritdoc cref="IRetryQueue"/>
internal sealed class RetryQueue(NpgsqlDataSource source) : IRetryQueue
{
    // A row whose attempts are used up has no next_retry_at, unless its last attempt was claimed and left no row: that one
    // is made once more.
    private static readonly Query Claim = new("claim retries",
        """
        with due as materialized (
          select l.id
          from public.flex_sync_log l
          where l.next_retry_at <= now()
          order by l.next_retry_at, l.id
          limit @atMost
          for update skip locked
        ), claimed as (
          update public.flex_sync_log l
          set attempt = case when l.attempt <= @maxAttempts then l.attempt + 1 else l.attempt end,
              next_retry_at = case when l.attempt <= @maxAttempts then now() + make_interval(secs => @claimSeconds) end
          from due
          where l.id = due.id
          returning l.id, l.job_id, l.department, l.attempt, l.prune_orphans, l.correlation_id, l.kind, l.technician_id, l.started_at,
            l.next_retry_at
        )
        select c.id as LogId, c.job_id as JobId, c.department as Department, c.attempt as Attempt,
               c.prune_orphans as PruneOrphans, c.correlation_id as CorrelationId, c.kind as Kind, c.technician_id as TechnicianId
        from claimed c
        where c.next_retry_at is not null
        order by c.started_at, c.id
        """);

    private static readonly Query Depth = new("retry queue depth",
        """
        select count(*)::int as depth
        from public.flex_sync_log l
        where l.next_retry_at is not null
        """);

    public Task<IReadOnlyList<DueRetry>> ClaimAsync(int atMost, TimeSpan claimFor, int maxAttempts, CancellationToken cancellation) =>
        source.RowsAsync<DueRetry>(Claim, new { atMost, maxAttempts, claimSeconds = claimFor.TotalSeconds }, cancellation);

    public async Task<int> DepthAsync(CancellationToken cancellation) =>
        (await source.RowsAsync<int>(Depth, null, cancellation))[0];
}
