using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database.Crew;

/// <inheritdoc cref="ICrewCalls"/>
internal sealed class CrewCalls(NpgsqlDataSource source) : ICrewCalls
{
    private static readonly Query Departments = new("departments of the job",
        """
        select distinct lower(btrim(c.department)) as department
        from public.flex_crew_calls c
        where c.job_id = @jobId
        order by department
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

    public Task<IReadOnlyList<string>> DepartmentsAsync(Guid jobId, CancellationToken cancellation) =>
        source.RowsAsync<string>(Departments, new { jobId }, cancellation);

    public async Task<IReadOnlyList<PersonRow>> PeopleAsync(
        IReadOnlyCollection<Guid> technicianIds, IReadOnlyCollection<string> resourceIds, CancellationToken cancellation) =>
        technicianIds.Count + resourceIds.Count == 0 ? [] : await source.RowsAsync<PersonRow>(
            People,
            new { technicianIds = technicianIds.ToArray(), resourceIds = resourceIds.Select(id => id.Trim().ToLowerInvariant()).ToArray() },
            cancellation);
}
