using Dapper;
using FlexCrew.Bench.Simulator;
using Npgsql;

namespace FlexCrew.Bench.Worlds;

/// <summary>Puts worlds into PostgreSQL and the simulator, looks at them afterwards, and removes them.</summary>
internal sealed class Stage(NpgsqlDataSource database, SimulatorControl flex)
{
    public async Task<BenchWorld> SetAsync(Scenario scenario)
    {
        var world = BenchWorld.Invent(scenario);
        await using var connection = await database.OpenConnectionAsync();
        foreach (var job in world.Jobs)
        {
            await connection.ExecuteAsync(
                "insert into public.jobs (id, title, start_time, end_time) values (@Id, 'Benchmark', now(), now())", job);
            foreach (var crewCall in job.CrewCalls)
            {
                await InsertAsync(connection, job, crewCall);
                await flex.AddCrewCallAsync(crewCall.Element);
                await Parallel.ForEachAsync(crewCall.Placed, async (one, _) =>
                    await flex.AddContactAsync(crewCall.Element, one.Line, one.Resource, Department.BusinessRoleOf(crewCall.Department)));
            }
        }
        return world;
    }

    /// <summary>
    /// What is wrong: everybody desired has one contact in Flex with their business role, and one row that maps it; nobody else is there.
    /// </summary>
    /// <param name="world">The world after the clicks.</param>
    /// <param name="withTable">Whether the table is looked at too.</param>
    public async Task<IReadOnlyList<string>> WrongsAsync(BenchWorld world, bool withTable)
    {
        var wrongs = new List<string>();
        await using var connection = await database.OpenConnectionAsync();
        foreach (var crewCall in world.CrewCalls)
        {
            var contacts = await flex.ContactsAsync(crewCall.Element);
            var listed = contacts.Select(contact => contact.Resource).ToList();
            wrongs.AddRange(Compare("Flex", listed, [.. crewCall.Desired.Select(one => one.Resource)]));
            var role = Department.BusinessRoleOf(crewCall.Department);
            if (contacts.Count(contact => contact.BusinessRole != role) is var roleless and > 0)
                wrongs.Add($"{roleless} without their business role in Flex");
            if (withTable) wrongs.AddRange(TableWrongs(crewCall, await RowsAsync(connection, crewCall), contacts));
        }
        return wrongs;
    }

    public async Task RemoveAsync(BenchWorld world)
    {
        await using var connection = await database.OpenConnectionAsync();
        var jobs = world.Jobs.Select(job => job.Id).ToArray();
        await connection.ExecuteAsync("delete from public.jobs where id = any (@jobs)", new { jobs });
        var people = world.CrewCalls.SelectMany(crewCall => crewCall.Desired.Concat(crewCall.Leave)).Select(one => one.Id).ToArray();
        await connection.ExecuteAsync("delete from public.profiles where id = any (@people)", new { people });
        foreach (var crewCall in world.CrewCalls)
            await flex.RemoveCrewCallAsync(crewCall.Element);
    }

    private static async Task InsertAsync(NpgsqlConnection connection, BenchJob job, BenchCrewCall crewCall)
    {
        var everybody = crewCall.Desired.Concat(crewCall.Leave).ToList();
        await connection.ExecuteAsync(
            """
            insert into public.profiles (id, email, role, flex_resource_id)
            select id, id || '@example.com', 'technician', resource from unnest(@ids, @resources) as one (id, resource)
            """,
            new { ids = everybody.Select(one => one.Id).ToArray(), resources = everybody.Select(one => one.Resource).ToArray() });
        await connection.ExecuteAsync(
            """
            insert into public.job_assignments (job_id, technician_id, sound_role, lights_role, status)
            select @job, id, case @department when 'sound' then 'SND-PA-T' end,
                   case @department when 'lights' then 'LGT-PA-T' end, 'confirmed'
            from unnest(@ids) as one (id)
            """,
            new { job = job.Id, department = crewCall.Department, ids = crewCall.Desired.Select(one => one.Id).ToArray() });
        await connection.ExecuteAsync(
            "insert into public.flex_crew_calls (id, job_id, department, flex_element_id) values (@Id, @job, @Department, @Element)",
            new { crewCall.Id, job = job.Id, crewCall.Department, crewCall.Element });
        var placed = crewCall.Placed.ToList();
        await connection.ExecuteAsync(
            """
            insert into public.flex_crew_assignments (crew_call_id, technician_id, flex_line_item_id)
            select @crewCall, id, line from unnest(@ids, @lines) as one (id, line)
            """,
            new { crewCall = crewCall.Id, ids = placed.Select(one => one.Id).ToArray(), lines = placed.Select(one => one.Line).ToArray() });
    }

    private static async Task<IReadOnlyList<Row>> RowsAsync(NpgsqlConnection connection, BenchCrewCall crewCall) =>
    [
        .. await connection.QueryAsync<Row>(
            """
            select technician_id as Technician, flex_line_item_id as Line
            from public.flex_crew_assignments where crew_call_id = @Id
            """,
            crewCall),
    ];

    private static IEnumerable<string> TableWrongs(BenchCrewCall crewCall, IReadOnlyList<Row> rows, IReadOnlyList<Contact> contacts)
    {
        foreach (var wrong in Compare("the table", [.. rows.Select(row => row.Technician)], [.. crewCall.Desired.Select(one => one.Id)]))
            yield return wrong;
        var own = crewCall.Desired.ToDictionary(one => one.Id, one => one.Resource);
        var lines = contacts.ToDictionary(contact => contact.Line, contact => contact.Resource);
        var strays = rows.Count(row => own.TryGetValue(row.Technician, out var resource) && lines.GetValueOrDefault(row.Line) != resource);
        if (strays > 0) yield return $"{strays} mapped to a line that is not theirs";
    }

    private static IEnumerable<string> Compare<T>(string where, IReadOnlyList<T> actual, IReadOnlyList<T> expected)
    {
        var distinct = actual.ToHashSet();
        if (actual.Count - distinct.Count is var twice and > 0) yield return $"{twice} twice in {where}";
        if (expected.Count(one => !distinct.Contains(one)) is var missing and > 0) yield return $"{missing} missing in {where}";
        distinct.ExceptWith(expected);
        if (distinct.Count > 0) yield return $"{distinct.Count} too many in {where}";
    }

    private sealed record Row(Guid Technician, Guid Line);
}
