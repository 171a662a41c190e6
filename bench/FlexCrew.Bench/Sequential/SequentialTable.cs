using Dapper;
using Npgsql;

namespace FlexCrew.Bench.Sequential;

internal sealed record CrewCallRow(Guid Id, Guid Element);

internal sealed record DesiredRow(Guid Technician, string Resource);

internal sealed record AssignmentRow(Guid Id, Guid Technician, Guid Line);

/// <summary>The statements of the sequential client, each on its own.</summary>
internal sealed class SequentialTable(NpgsqlDataSource database)
{
    public async Task<string?> RoleOfAsync(Guid user)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<string>("select role::text from public.profiles where id = @user", new { user });
    }

    public async Task<CrewCallRow?> CrewCallAsync(Guid job, string department)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<CrewCallRow>(
            "select id, flex_element_id as Element from public.flex_crew_calls where job_id = @job and department = @department",
            new { job, department });
    }

    public async Task<IReadOnlyList<DesiredRow>> DesiredAsync(Guid job, string department)
    {
        await using var connection = await database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<DesiredRow>(
            """
            select a.technician_id as Technician, p.flex_resource_id as Resource
            from public.job_assignments a
            join public.profiles p on p.id = a.technician_id
            where a.job_id = @job and coalesce(p.flex_resource_id, '') <> ''
              and (p.department = @department or case @department when 'sound' then a.sound_role else a.lights_role end <> '')
            """,
            new { job, department })];
    }

    public async Task<IReadOnlyList<AssignmentRow>> RowsAsync(Guid crewCall)
    {
        await using var connection = await database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<AssignmentRow>(
            """
            select id, technician_id as Technician, flex_line_item_id as Line
            from public.flex_crew_assignments where crew_call_id = @crewCall
            """,
            new { crewCall })];
    }

    public async Task DeleteRowsAsync(Guid[] ids)
    {
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync("delete from public.flex_crew_assignments where id = any (@ids)", new { ids });
    }

    /// <summary>Inserts a row; one that another run has inserted meanwhile is an error that nobody looks at.</summary>
    public async Task InsertRowAsync(Guid crewCall, Guid technician, Guid line)
    {
        await using var connection = await database.OpenConnectionAsync();
        try
        {
            await connection.ExecuteAsync(
                """
                insert into public.flex_crew_assignments (crew_call_id, technician_id, flex_line_item_id)
                values (@crewCall, @technician, @line)
                """,
                new { crewCall, technician, line });
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
        }
    }
}
