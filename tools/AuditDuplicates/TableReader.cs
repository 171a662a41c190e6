using Dapper;
using Npgsql;

namespace AuditDuplicates;

/// <summary>A crew call, with the job that it is of.</summary>
internal sealed record CrewCallOfJob
{
    public Guid Id { get; init; }

    public Guid JobId { get; init; }

    public string Job { get; init; } = "";

    public string Department { get; init; } = "";

    public string ElementId { get; init; } = "";
}

/// <summary>A row of <c>flex_crew_assignments</c>, with whose it is.</summary>
internal sealed record AssignmentOfCrewCall
{
    public Guid Id { get; init; }

    public Guid CrewCallId { get; init; }

    public Guid TechnicianId { get; init; }

    public string? Name { get; init; }

    public string? LineItemId { get; init; }

    public string? CreatedAt { get; init; }
}

/// <summary>Reads what the audit compares. Columns that the older schema lacks are read through JSON.</summary>
internal sealed class TableReader(NpgsqlDataSource source)
{
    public async Task<IReadOnlyList<CrewCallOfJob>> CrewCallsAsync(Guid? job, int? days, CancellationToken cancellation) =>
        await RowsAsync<CrewCallOfJob>(
            """
            select c.id as Id, c.job_id as JobId, coalesce(j.title, c.job_id::text) as Job, c.department as Department,
                   coalesce(c.flex_element_id::text, '') as ElementId
            from public.flex_crew_calls c
            left join public.jobs j on j.id = c.job_id
            where (@job::uuid is null or c.job_id = @job)
              and (@days::int is null or c.created_at >= now() - make_interval(days => @days))
            order by j.title, c.job_id, c.department, c.id
            """,
            new { job, days }, cancellation);

    public async Task<IReadOnlyList<AssignmentOfCrewCall>> RowsAsync(CancellationToken cancellation) =>
        await RowsAsync<AssignmentOfCrewCall>(
            """
            select a.id as Id, a.crew_call_id as CrewCallId, a.technician_id as TechnicianId, a.flex_line_item_id::text as LineItemId,
                   to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as CreatedAt,
                   nullif(concat_ws(' ', j.profile ->> 'first_name', j.profile ->> 'last_name'), '') as Name
            from public.flex_crew_assignments a
            left join public.profiles p on p.id = a.technician_id
            cross join lateral (select to_jsonb(p) as profile) j
            order by a.created_at nulls last, a.id
            """,
            null, cancellation);

    /// <summary>Resource id in lower case → whose it is.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OwnersAsync(CancellationToken cancellation)
    {
        var owners = await RowsAsync<(string Resource, string Name)>(
            """
            select lower(btrim(p.flex_resource_id)),
                   string_agg(concat_ws(' ', j.profile ->> 'first_name', j.profile ->> 'last_name', '(' || p.id || ')'), ', ' order by p.id)
            from public.profiles p
            cross join lateral (select to_jsonb(p) as profile) j
            where btrim(p.flex_resource_id) <> ''
            group by 1
            """,
            null, cancellation);
        return owners.ToDictionary(owner => owner.Resource, owner => owner.Name);
    }

    private async Task<IReadOnlyList<T>> RowsAsync<T>(string sql, object? parameters, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellation))).AsList();
    }
}
