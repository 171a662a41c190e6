using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database;

/// <inheritdoc cref="IJobList"/>
internal sealed class JobList(NpgsqlDataSource source) : IJobList
{
    // The columns are read through JSON, because the older schema may lack them.
    private const string Columns =
        """
        with job as (
          select j.id,
                 nullif(btrim(r.job ->> 'title'), '') as title,
                 (r.job ->> 'start_time')::timestamptz as start_time,
                 coalesce((r.job ->> 'end_time')::timestamptz, (r.job ->> 'start_time')::timestamptz) as end_time,
                 r.job ->> 'status' as status
          from public.jobs j
          cross join lateral (select to_jsonb(j) as job) r
        )
        select job.id as Id, job.title as Title, job.start_time as StartTime, job.end_time as EndTime, job.status as Status
        from job
        """;

    private static readonly Query Jobs = new("jobs",
        $"""
        {Columns}
        where @search::text is null or job.title ilike @pattern or job.id::text = lower(@search)
        order by coalesce(job.end_time >= now(), false) desc,
                 case when job.end_time >= now() then job.start_time end,
                 job.start_time desc nulls last, job.id
        limit @atMost
        """);

    private static readonly Query Job = new("job", $"{Columns} where job.id = @jobId");

    private static readonly Query CrewCalls = new("crew calls of jobs",
        """
        select c.job_id as JobId, lower(btrim(c.department)) as Department, btrim(c.flex_element_id::text) as ElementId,
               exists (select from public.flex_crew_calls o
                       where lower(btrim(o.flex_element_id::text)) = lower(btrim(c.flex_element_id::text))
                         and (o.job_id <> c.job_id or lower(btrim(o.department)) <> lower(btrim(c.department)))) as IsShared
        from public.flex_crew_calls c
        where c.job_id = any (@jobIds) and btrim(c.flex_element_id::text) <> ''
        order by c.created_at nulls last, c.id
        """);

    private static readonly Query Assignments = new("assignments of jobs",
        """
        select a.job_id as JobId, a.technician_id as TechnicianId,
               a.sound_role as SoundRole, a.lights_role as LightsRole, a.video_role as VideoRole,
               p.flex_resource_id as FlexResourceId, p.department as ProfileDepartment
        from public.job_assignments a
        left join public.profiles p on p.id = a.technician_id
        where a.job_id = any (@jobIds)
        """);

    private static readonly Query Mapped = new("mapped technicians of jobs",
        """
        with call as (
          select distinct on (c.job_id, lower(btrim(c.department))) c.id, c.job_id, lower(btrim(c.department)) as department
          from public.flex_crew_calls c
          where c.job_id = any (@jobIds) and btrim(c.flex_element_id::text) <> ''
          order by c.job_id, lower(btrim(c.department)), c.created_at nulls last, c.id
        )
        select distinct call.job_id as JobId, call.department as Department, a.technician_id as TechnicianId
        from call
        join public.flex_crew_assignments a on a.crew_call_id = call.id
        where btrim(a.flex_line_item_id::text) <> ''
        """);

    public Task<IReadOnlyList<JobRow>> JobsAsync(string? search, int atMost, CancellationToken cancellation)
    {
        search = string.IsNullOrWhiteSpace(search) ? null : search.Trim();
        return source.RowsAsync<JobRow>(Jobs, new { search, pattern = $"%{Escaped(search)}%", atMost }, cancellation);
    }

    public async Task<JobRow?> JobAsync(Guid jobId, CancellationToken cancellation)
    {
        var rows = await source.RowsAsync<JobRow>(Job, new { jobId }, cancellation);
        return rows.Count == 0 ? null : rows[0];
    }

    public Task<IReadOnlyList<JobCrewCallRow>> CrewCallsAsync(IReadOnlyCollection<Guid> jobIds, CancellationToken cancellation) =>
        source.RowsAsync<JobCrewCallRow>(CrewCalls, Of(jobIds), cancellation);

    public Task<IReadOnlyList<JobAssignmentRow>> AssignmentsAsync(IReadOnlyCollection<Guid> jobIds, CancellationToken cancellation) =>
        source.RowsAsync<JobAssignmentRow>(Assignments, Of(jobIds), cancellation);

    public Task<IReadOnlyList<JobMappedRow>> MappedAsync(IReadOnlyCollection<Guid> jobIds, CancellationToken cancellation) =>
        source.RowsAsync<JobMappedRow>(Mapped, Of(jobIds), cancellation);

    private static object Of(IReadOnlyCollection<Guid> jobIds) => new { jobIds = jobIds.ToArray() };

    private static string Escaped(string? search) => (search ?? "")
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
