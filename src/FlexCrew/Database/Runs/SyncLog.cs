using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database.Runs;

/// <inheritdoc cref="ISyncLog"/>
internal sealed class SyncLog(NpgsqlDataSource source) : ISyncLog
{
    // A row that is there already stays, since its retry may have been claimed in the meantime. A run clears the retries of older runs if
    // it succeeded or has a retry of its own. A run that another one answered, or that has no retry left, clears none but the retry that
    // it was itself, because it put nothing right. A run that does not prune leaves the retry of a run that was to prune. A command clears
    // only the retries of commands for its own person.
    private static readonly Query Write = new("write sync log",
        """
        with written as (
          insert into public.flex_sync_log
            (job_id, department, crew_call_id, instance_id, correlation_id, triggered_by, kind, technician_id, status,
             added_count, removed_count, kept_count, failed_count, roles_set, flex_requests, duration_ms,
             errors, prune_orphans, attempt, next_retry_at, started_at, finished_at)
          values
            (@JobId, @Department, @CrewCallId, @InstanceId, @CorrelationId, @TriggeredBy, @Kind, @TechnicianId, @Status,
             @Added, @Removed, @Kept, @Failed, @RolesSet, @FlexRequests, @DurationMs,
             @Errors::jsonb, @PruneOrphans, @Attempt, now() + make_interval(secs => @RetryAfterSeconds), @StartedAt, @FinishedAt)
          on conflict (instance_id, department) do nothing
        ), held as (
          select f.element, f.token, (select count(*) from public.flex_crew_fence_passes p where p.element = f.element and p.token = f.token) as passes
          from public.flex_crew_fences f
          where f.holder = @holder
        ), settled as (
          -- Everybody is as they should be: an add that was begun before this run, and a minute before, was not applied, or was found. So it
          -- is with adds of crew calls that are not linked to the element any more.
          delete from public.flex_crew_add_intents i
          using held h
          where i.element = h.element and @Status = 'succeeded' and i.started_at < @StartedAt - interval '1 minute'
            and (@TechnicianId::uuid is null or i.technician_id = @TechnicianId)
            and (i.crew_call_id = @CrewCallId
                 or not exists (select from public.flex_crew_calls c
                                where c.id = i.crew_call_id and lower(btrim(c.flex_element_id::text)) = i.element))
        ), cleared as (
          delete from public.flex_crew_fence_passes p
          using held h
          where p.element = h.element and p.token <= h.token and h.passes = @passes
        ), freed as (
          -- Where an attempt is not accounted for, a step died or was delivered twice, and its request may be under way: the fence is free
          -- when it was quiet for long enough. Until then it is nobody's, so that a step that comes late writes nothing.
          update public.flex_crew_fences f
          set holder = case when h.passes = @passes then null else concat(f.holder, ' (ended)') end, touched_at = clock_timestamp()
          from held h
          where f.element = h.element and f.token = h.token and f.holder = @holder
        )
        update public.flex_sync_log l
        set next_retry_at = null
        where l.job_id = @JobId
          and l.department = @Department
          and l.next_retry_at is not null
          and l.started_at < @StartedAt
          and l.instance_id <> @InstanceId
          and case when @TechnicianId::uuid is null then @PruneOrphans or not l.prune_orphans or l.technician_id is not null
                   else l.technician_id = @TechnicianId end
          and (@Status in ('succeeded', 'skipped')
               or @RetryAfterSeconds::float8 is not null
               or @InstanceId = concat('retry-', replace(l.id::text, '-', ''), '-', l.attempt)) -- DueRetry.InstanceId
        """);

    public Task WriteAsync(SyncLogRow row, FenceReturn? fence, CancellationToken cancellation) =>
        source.ExecuteAsync(
            Write,
            new
            {
                row.JobId,
                row.Department,
                row.CrewCallId,
                row.InstanceId,
                row.CorrelationId,
                row.TriggeredBy,
                row.Kind,
                row.TechnicianId,
                row.Status,
                row.Added,
                row.Removed,
                row.Kept,
                row.Failed,
                row.RolesSet,
                row.FlexRequests,
                row.DurationMs,
                Errors = WithoutNul(row.ErrorsJson),
                row.PruneOrphans,
                row.Attempt,
                RetryAfterSeconds = row.RetryAfter?.TotalSeconds,
                StartedAt = row.StartedAt.ToUniversalTime(),
                FinishedAt = row.FinishedAt.ToUniversalTime(),
                fence?.Holder,
                fence?.Passes,
            },
            cancellation);

    // PostgreSQL has no NUL in text; an answer of Flex that held one must not cost the log row.
    private static string? WithoutNul(string? json) =>
        json?.Replace("\\u0000", "\\ufffd", StringComparison.Ordinal).Replace('\0', '\ufffd');
}
