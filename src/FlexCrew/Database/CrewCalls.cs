using Npgsql;

namespace FlexCrew.Database;

/// <inheritdoc cref="ICrewCalls"/>
internal sealed class CrewCalls(NpgsqlDataSource source) : ICrewCalls
{
    // The older schema allows a second crew call of a department: the oldest counts, and the other shares with nobody,
    // since nobody syncs it. Its element ids are text, which people typed.
    private static readonly Query Find = new("crew call",
        """
        select c.id as Id, btrim(c.flex_element_id::text) as ElementId,
               exists (select from public.flex_crew_calls o
                       where lower(btrim(o.flex_element_id::text)) = lower(btrim(c.flex_element_id::text))
                         and (o.job_id <> c.job_id or lower(btrim(o.department)) <> lower(btrim(c.department)))) as IsShared
        from public.flex_crew_calls c
        where c.job_id = @jobId
          and lower(btrim(c.department)) = lower(btrim(@department))
          and btrim(c.flex_element_id::text) <> ''
        order by c.created_at nulls last, c.id
        limit 1
        """);

    private static readonly Query Departments = new("departments of the job",
        """
        select distinct lower(btrim(c.department)) as department
        from public.flex_crew_calls c
        where c.job_id = @jobId
        order by department
        """);

    // The names are read through JSON, because the older schema may lack their columns.
    private static readonly Query Assignments = new("assignments of the job",
        """
        select a.technician_id as TechnicianId,
               a.sound_role as SoundRole,
               a.lights_role as LightsRole,
               a.video_role as VideoRole,
               p.flex_resource_id as FlexResourceId,
               p.department as ProfileDepartment,
               nullif(concat_ws(' ', nullif(btrim(j.profile ->> 'first_name'), ''),
                                     nullif(btrim(j.profile ->> 'last_name'), '')), '') as Name
        from public.job_assignments a
        left join public.profiles p on p.id = a.technician_id
        cross join lateral (select to_jsonb(p) as profile) j
        where a.job_id = @jobId
        order by a.technician_id, a.sound_role, a.lights_role, a.video_role
        """);

    private static readonly Query People = new("people",
        """
        select p.id as TechnicianId,
               p.flex_resource_id as FlexResourceId,
               nullif(concat_ws(' ', nullif(btrim(j.profile ->> 'first_name'), ''),
                                     nullif(btrim(j.profile ->> 'last_name'), '')), '') as Name
        from public.profiles p
        cross join lateral (select to_jsonb(p) as profile) j
        where p.id = any (@technicianIds) or lower(btrim(p.flex_resource_id)) = any (@resourceIds)
        order by p.id
        """);

    public async Task<CrewCallRow?> FindAsync(Guid jobId, string department, CancellationToken cancellation)
    {
        var rows = await source.RowsAsync<CrewCallRow>(Find, new { jobId, department }, cancellation);
        return rows.Count == 0 ? null : rows[0];
    }

    public Task<IReadOnlyList<string>> DepartmentsAsync(Guid jobId, CancellationToken cancellation) =>
        source.RowsAsync<string>(Departments, new { jobId }, cancellation);

    public Task<IReadOnlyList<AssignmentRow>> AssignmentsAsync(Guid jobId, CancellationToken cancellation) =>
        source.RowsAsync<AssignmentRow>(Assignments, new { jobId }, cancellation);

    public async Task<IReadOnlyList<PersonRow>> PeopleAsync(
        IReadOnlyCollection<Guid> technicianIds, IReadOnlyCollection<string> resourceIds, CancellationToken cancellation) =>
        technicianIds.Count + resourceIds.Count == 0 ? [] : await source.RowsAsync<PersonRow>(
            People,
            new { technicianIds = technicianIds.ToArray(), resourceIds = resourceIds.Select(id => id.Trim().ToLowerInvariant()).ToArray() },
            cancellation);
}
