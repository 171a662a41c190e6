using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database;

/// <inheritdoc cref="IRunHistory"/>
internal sealed class RunHistory(NpgsqlDataSource source) : IRunHistory
{
    private const string Columns =
        """
        select l.id as Id, l.job_id as JobId, l.job_title as JobTitle, l.department as Department, l.status as Status,
               l.added_count as Added, l.removed_count as Removed, l.kept_count as Kept, l.failed_count as Failed,
               l.roles_set as RolesSet, l.flex_requests as FlexRequests, l.duration_ms as DurationMs, l.attempt as Attempt,
               l.next_retry_at as NextRetryAt, l.triggered_by as TriggeredBy,
               nullif(concat_ws(' ', nullif(btrim(p.profile ->> 'first_name'), ''), nullif(btrim(p.profile ->> 'last_name'), '')), '')
                 as TriggeredByName,
               l.instance_id as InstanceId, l.correlation_id as CorrelationId,
               l.started_at as StartedAt, l.finished_at as FinishedAt, l.errors::text as Details,
               l.errors ->> 'gone_at' is not null as IsGone
        from chosen l
        left join lateral (select to_jsonb(p) as profile from public.profiles p where p.id::text = lower(l.triggered_by)) p on true
        """;

    private static readonly Query Newest = new("newest runs of jobs",
        $"""
        with chosen as (
          select distinct on (l.job_id, l.department, l.status = 'drift') l.*, null::text as job_title
          from public.flex_sync_log l
          where l.job_id = any (@jobIds) and l.status <> 'coalesced' and l.kind = 'sync'
          order by l.job_id, l.department, l.status = 'drift', l.started_at desc, l.id
        )
        {Columns}
        """);

    private static readonly Query Runs = new("runs",
        $"""
        with chosen as (
          select l.*, nullif(btrim(j.title), '') as job_title
          from public.flex_sync_log l
          left join public.jobs j on j.id = l.job_id
          where (@JobId::uuid is null or l.job_id = @JobId)
            and (@Department::text is null or l.department = @Department)
            and (@Status::text is null or l.status = @Status)
            and (@Before::timestamptz is null or l.started_at < @Before)
          order by l.started_at desc, l.id
          limit @AtMost
        )
        {Columns}
        order by l.started_at desc, l.id
        """);

    private static readonly Query Hours = new("outcomes by the hour",
        """
        select date_trunc('hour', l.started_at) as Hour,
               sum(l.flex_requests)::int as FlexRequests,
               count(*) filter (where l.status in ('succeeded', 'skipped'))::int as Succeeded,
               count(*) filter (where l.status = 'coalesced')::int as Coalesced,
               count(*) filter (where l.status = 'partial')::int as Partial,
               count(*) filter (where l.status = 'failed')::int as Failed,
               count(*) filter (where l.status = 'drift')::int as Drift
        from public.flex_sync_log l
        where l.started_at >= @since
        group by 1
        order by 1
        """);

    private static readonly Query Durations = new("durations of runs",
        """
        select l.started_at as StartedAt, l.duration_ms as DurationMs, l.status as Status
        from public.flex_sync_log l
        where l.started_at >= @since and l.status in ('succeeded', 'partial', 'failed')
        order by l.started_at desc
        limit @atMost
        """);

    public Task<IReadOnlyList<RunRow>> NewestAsync(IReadOnlyCollection<Guid> jobIds, CancellationToken cancellation) =>
        source.RowsAsync<RunRow>(Newest, new { jobIds = jobIds.ToArray() }, cancellation);

    public Task<IReadOnlyList<RunRow>> RunsAsync(RunFilter filter, CancellationToken cancellation) => source.RowsAsync<RunRow>(
        Runs,
        new { filter.JobId, filter.Department, filter.Status, Before = filter.Before?.ToUniversalTime(), filter.AtMost },
        cancellation);

    public Task<IReadOnlyList<HourRow>> HoursAsync(DateTimeOffset since, CancellationToken cancellation) =>
        source.RowsAsync<HourRow>(Hours, new { since = since.ToUniversalTime() }, cancellation);

    public Task<IReadOnlyList<DurationRow>> DurationsAsync(DateTimeOffset since, int atMost, CancellationToken cancellation) =>
        source.RowsAsync<DurationRow>(Durations, new { since = since.ToUniversalTime(), atMost }, cancellation);
}
