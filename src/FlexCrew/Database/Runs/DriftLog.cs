using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database.Runs;

/// <inheritdoc cref="IDriftLog"/>
internal sealed class DriftLog(NpgsqlDataSource source) : IDriftLog
{
    // The columns are read through JSON, because the older schema may lack them. A department that FlexCrew does not know has nobody to
    // compare with.
    private static readonly Query Upcoming = new("upcoming crew calls",
        """
        select job.id as JobId, c.department as Department
        from public.jobs j
        cross join lateral (select to_jsonb(j) as columns) r
        cross join lateral (
          select j.id, (r.columns ->> 'start_time')::timestamptz as start_time,
                 coalesce((r.columns ->> 'end_time')::timestamptz, (r.columns ->> 'start_time')::timestamptz) as end_time,
                 coalesce(lower(btrim(r.columns ->> 'status')), '') as status
        ) job
        join lateral (
          select distinct lower(btrim(c.department)) as department
          from public.flex_crew_calls c
          where c.job_id = j.id and btrim(c.flex_element_id::text) <> ''
        ) c on c.department = any (@departments)
        where job.start_time < now() + make_interval(days => @days)
          and job.end_time >= now()
          and job.status not like 'cancel%'
        order by job.start_time, job.id, c.department
        """);

    // A difference is open until a check finds it gone, or a sync that began later puts it right. A command for one person does not.
    private const string Open =
        """
        newest as (
          select l.id, l.errors, l.started_at
          from public.flex_sync_log l
          where l.job_id = @JobId and l.department = @Department and l.status = 'drift'
          order by l.started_at desc, l.id
          limit 1
        ), open as (
          select n.id, n.errors -> 'differences' as differences
          from newest n
          where n.errors ->> 'gone_at' is null
            and not exists (select from public.flex_sync_log r
                            where r.job_id = @JobId and r.department = @Department and r.kind = 'sync'
                              and r.status = 'succeeded' and r.started_at > n.started_at)
        )
        """;

    private static readonly Query Found = new("write drift",
        $"""
        with {Open}, seen as (
          update public.flex_sync_log l
          set finished_at = @FoundAt, correlation_id = @CorrelationId, kept_count = @Kept, flex_requests = @FlexRequests,
              duration_ms = @DurationMs
          from open o
          where l.id = o.id and o.differences = @Differences::jsonb
          returning l.id
        )
        insert into public.flex_sync_log
          (job_id, department, crew_call_id, instance_id, correlation_id, triggered_by, status,
           kept_count, flex_requests, duration_ms, errors, started_at, finished_at)
        select @JobId, @Department, @CrewCallId, @InstanceId, @CorrelationId, 'drift', 'drift',
               @Kept, @FlexRequests, @DurationMs, jsonb_build_object('differences', @Differences::jsonb), @FoundAt, @FoundAt
        where not exists (select from seen)
        """);

    private static readonly Query Gone = new("end drift",
        $"""
        with {Open}
        update public.flex_sync_log l
        set errors = l.errors || jsonb_build_object('gone_at', @at)
        from open o
        where l.id = o.id
        """);

    public Task<IReadOnlyList<UpcomingCrewCall>> UpcomingAsync(int days, CancellationToken cancellation) =>
        source.RowsAsync<UpcomingCrewCall>(Upcoming, new { days, departments = Departments.All.ToArray() }, cancellation);

    public Task FoundAsync(DriftFinding finding, CancellationToken cancellation) => source.ExecuteAsync(
        Found,
        new
        {
            finding.CrewCall.JobId,
            finding.CrewCall.Department,
            finding.CrewCallId,
            finding.InstanceId,
            finding.CorrelationId,
            Differences = finding.DifferencesJson,
            finding.Kept,
            finding.FlexRequests,
            finding.DurationMs,
            FoundAt = finding.FoundAt.ToUniversalTime(),
        },
        cancellation);

    public Task GoneAsync(UpcomingCrewCall crewCall, DateTimeOffset at, CancellationToken cancellation) =>
        source.ExecuteAsync(Gone, new { crewCall.JobId, crewCall.Department, at = at.ToUniversalTime() }, cancellation);
}
