namespace FlexCrew.IntegrationTests.Database;

/// <summary>Rows to start a test from, on every schema.</summary>
public static class Seed
{
    public static async Task<Guid> AddJobAsync(this TestDatabase database, string title = "Load-in")
    {
        var id = Guid.NewGuid();
        await database.ExecuteAsync(
            """
            insert into public.jobs
            select (jsonb_populate_record(null::public.jobs, jsonb_build_object(
              'id', @id, 'title', @title, 'start_time', now(), 'end_time', now(), 'job_type', 'single'))).*
            """,
            new { id, title });
        return id;
    }

    public static async Task<Guid> AddCrewCallAsync(
        this TestDatabase database, Guid jobId, string department = "sound", string? elementId = null)
    {
        var id = Guid.NewGuid();
        elementId ??= Guid.NewGuid().ToString();
        await database.ExecuteAsync(
            """
            insert into public.flex_crew_calls
            select (jsonb_populate_record(null::public.flex_crew_calls, jsonb_build_object(
              'id', @id, 'job_id', @jobId, 'department', @department, 'flex_element_id', @elementId::text,
              'created_at', clock_timestamp()))).*
            """,
            new { id, jobId, department, elementId });
        return id;
    }

    /// <summary>Adds a profile; columns that the schema lacks are left out.</summary>
    public static async Task<Guid> AddTechnicianAsync(
        this TestDatabase database, string? resourceId = null, string? department = null, string? role = "technician",
        string? firstName = null, string? lastName = null)
    {
        var id = Guid.NewGuid();
        await database.ExecuteAsync(
            """
            insert into public.profiles
            select (jsonb_populate_record(null::public.profiles, jsonb_build_object(
              'id', @id, 'email', @id || '@example.com', 'first_name', @firstName::text, 'last_name', @lastName::text,
              'department', @department::text, 'role', @role::text, 'flex_resource_id', @resourceId::text,
              'assignable_as_tech', true, 'created_at', now()))).*
            """,
            new { id, firstName, lastName, department, role, resourceId });
        return id;
    }

    public static Task AssignAsync(
        this TestDatabase database, Guid jobId, Guid technicianId, string? sound = null, string? lights = null,
        string? video = null, string date = "2027-06-18") =>
        database.ExecuteAsync(
            """
            insert into public.job_assignments (job_id, technician_id, sound_role, lights_role, video_role, assignment_date)
            values (@jobId, @technicianId, @sound, @lights, @video, @date::date)
            """,
            new { jobId, technicianId, sound, lights, video, date });

    public static async Task<Guid> AddCrewRowAsync(
        this TestDatabase database, Guid crewCallId, Guid technicianId, string? lineItemId, string createdAt = "2026-01-01Z")
    {
        var id = Guid.NewGuid();
        await database.ExecuteAsync(
            """
            insert into public.flex_crew_assignments
            select (jsonb_populate_record(null::public.flex_crew_assignments, jsonb_build_object(
              'id', @id, 'crew_call_id', @crewCallId, 'technician_id', @technicianId,
              'flex_line_item_id', @lineItemId::text, 'created_at', @createdAt::text::timestamptz))).*
            """,
            new { id, crewCallId, technicianId, lineItemId, createdAt });
        return id;
    }
}
