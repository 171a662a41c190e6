using Dapper;
using FlexCrew.Database.Checks;
using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database.Crew;

/// <inheritdoc cref="ICrewReader"/>
internal sealed class CrewReader(NpgsqlDataSource source) : ICrewReader
{
    // The older schema allows a second crew call of a department: the oldest counts. Its element ids are text, which people typed.
    private const string Call =
        """
        call as (
          select c.id, c.job_id, lower(btrim(c.department)) as department, btrim(c.flex_element_id::text) as element
          from public.flex_crew_calls c
          where c.job_id = @jobId
            and lower(btrim(c.department)) = lower(btrim(@department))
            and btrim(c.flex_element_id::text) <> ''
          order by c.created_at nulls last, c.id
          limit 1
        )
        """;

    // The crew calls of other departments or jobs that are linked to the same element.
    private const string Linked =
        """
        linked as (
          select o.id, o.job_id, lower(btrim(o.department)) as department
          from call c
          join public.flex_crew_calls o on lower(btrim(o.flex_element_id::text)) = lower(c.element)
          where o.job_id <> c.job_id or lower(btrim(o.department)) <> c.department
        )
        """;

    // The names are read through JSON, because the older schema may lack their columns.
    private const string Assignments =
        """
        select a.technician_id as TechnicianId,
               a.sound_role as SoundRole,
               a.lights_role as LightsRole,
               a.video_role as VideoRole,
               p.flex_resource_id as FlexResourceId,
               p.department as ProfileDepartment,
               nullif(concat_ws(' ', nullif(btrim(j.profile ->> 'first_name'), ''),
                                     nullif(btrim(j.profile ->> 'last_name'), '')), '') as Name,
               a.job_id as JobId
        from public.job_assignments a
        left join public.profiles p on p.id = a.technician_id
        cross join lateral (select to_jsonb(p) as profile) j
        """;

    private const string InOrder = "order by a.job_id, a.technician_id, a.sound_role, a.lights_role, a.video_role;";

    // A free fence goes to the run that waited for it. A run that waited and did not ask again in time has given up.
    private const string MayBeNext =
        "(f.next_holder is null or f.next_holder = @holder or f.next_seen_at < statement_timestamp() - f.quiet_for / 4)";

    private const string Claim =
        $"""
        with {Call}
        insert into public.flex_crew_fences as f (element, token, holder, claimed_at, touched_at, quiet_for)
        select lower(c.element), (extract(epoch from clock_timestamp()) * 1000)::bigint, @holder, clock_timestamp(), clock_timestamp(), @quietFor
        from call c
        on conflict (element) do update
        set token = case when f.holder = @holder then f.token else f.token + 1 end,
            holder = @holder, claimed_at = excluded.claimed_at, touched_at = excluded.touched_at, quiet_for = excluded.quiet_for,
            next_holder = nullif(f.next_holder, @holder)
        where f.holder = @holder
           or ((f.holder is null or {FenceState.HolderIsQuiet}) and {MayBeNext});
        with {Call}
        update public.flex_crew_fences f
        set next_holder = @holder, next_seen_at = clock_timestamp()
        from call c
        where f.element = lower(c.element) and f.holder is distinct from @holder and {MayBeNext};
        """;

    private const string World =
        $"""
        with {Call}
        select c.id as Id, c.element as ElementId, f.holder as Holder, coalesce(f.token, 0) as Token,
               coalesce(f.next_holder = @holder, false) as IsNext,
               coalesce(f.holder is not null and not ({FenceState.HolderIsQuiet}), false) as IsAlive
        from call c
        left join public.flex_crew_fences f on f.element = lower(c.element);
        select c.id as Id, btrim(c.flex_element_id::text) as ElementId
        from public.flex_crew_calls c
        where c.job_id = @jobId
          and lower(btrim(c.department)) = lower(btrim(@department))
          and btrim(c.flex_element_id::text) <> ''
        order by c.created_at nulls last, c.id
        offset 1;
        with {Call}, {Linked}
        select l.id as Id, l.job_id as JobId, l.department as Department from linked l order by l.id;
        with {Call}, {Linked}
        {Assignments}
        where a.job_id = @jobId or a.job_id in (select l.job_id from linked l)
        {InOrder}
        with {Call}
        select a.id as Id, a.technician_id as TechnicianId, a.flex_line_item_id::text as LineItemId
        from call c
        join public.flex_crew_assignments a on a.crew_call_id = c.id
        order by a.created_at nulls last, a.id;
        with {Call}, {Linked}
        select distinct btrim(a.flex_line_item_id::text) as LineItemId
        from linked l
        join public.flex_crew_assignments a on a.crew_call_id = l.id
        where btrim(a.flex_line_item_id::text) <> '';
        with {Call}
        select m.line_item_id as LineItemId, m.placed as Placed
        from call c
        join public.flex_crew_contacts m on m.element = lower(c.element);
        with {Call}
        select distinct i.flex_resource_id as ResourceId
        from call c
        join public.flex_crew_add_intents i on i.element = lower(c.element);
        select p.id as TechnicianId, p.flex_resource_id as FlexResourceId, null as Name from public.profiles p where p.id = @technicianId;
        select {RowLevelSecurity.FirstHiddenOfASync} as hidden;
        """;

    private static readonly Query ClaimAndRead = new("crew", Claim + World);

    private static readonly Query Read = new("crew", World);

    private const string CallsOfElement =
        """
        select c.id as Id, c.job_id as JobId, lower(btrim(c.department)) as Department
        from public.flex_crew_calls c
        where lower(btrim(c.flex_element_id::text)) = @element or c.id = @crewCallId
        """;

    private static readonly Query Desired = new("desired crew",
        $"""
        with {Fences.Held}, passed as (
          insert into public.flex_crew_fence_passes (element, token)
          select @element, f.token from fence f where @passes limit 1
        )
        select f.token from fence f;
        {CallsOfElement};
        {Assignments}
        where a.job_id in (select c.JobId from ({CallsOfElement}) c)
        {InOrder}
        select a.crew_call_id as CrewCallId, a.technician_id as TechnicianId, btrim(a.flex_line_item_id::text) as LineItemId
        from public.flex_crew_assignments a
        where a.crew_call_id in (select c.Id from ({CallsOfElement}) c) and btrim(a.flex_line_item_id::text) <> '';
        """);

    public Task<CrewReading> ReadAsync(CrewQuery query, CancellationToken cancellation) =>
        source.GridAsync(
            query.Holder is null ? Read : ClaimAndRead,
            new { query.JobId, query.Department, query.Holder, query.QuietFor, query.TechnicianId },
            async grid =>
            {
                var call = (await grid.ReadAsync<CallRow>()).FirstOrDefault();
                var reading = new CrewReading
                {
                    Call = call is null ? null : new CrewCallRow(call.Id, call.ElementId),
                    Fence = call is null ? null : new FenceAnswer(call.Holder, call.Token, call.IsNext, call.IsAlive),
                    NotSynced = (await grid.ReadAsync<CrewCallRow>()).AsList(),
                    Linked = (await grid.ReadAsync<LinkedCallRow>()).AsList(),
                    Assignments = (await grid.ReadAsync<AssignmentRow>()).AsList(),
                    Rows = (await grid.ReadAsync<CrewRow>()).AsList(),
                    LinkedLineItemIds = (await grid.ReadAsync<string>()).AsList(),
                    Contacts = (await grid.ReadAsync<KnownContactRow>()).AsList(),
                    BegunResourceIds = (await grid.ReadAsync<string>()).AsList(),
                    Person = (await grid.ReadAsync<PersonRow>()).FirstOrDefault(),
                };

                // Row level security hides rows without an error: the run would believe that nobody is assigned.
                return await grid.ReadSingleAsync<string?>() is { } hidden ? throw RowLevelSecurity.Failure("crew", hidden) : reading;
            },
            cancellation);

    public Task<DesiredReading> DesiredAsync(FenceHold fence, Guid crewCallId, bool passes, CancellationToken cancellation) =>
        source.GridAsync(
            Desired,
            new { fence.Element, fence.Token, fence.Holder, crewCallId, passes },
            async grid => new DesiredReading(
                (await grid.ReadAsync<long>()).Any(),
                (await grid.ReadAsync<LinkedCallRow>()).AsList(),
                (await grid.ReadAsync<AssignmentRow>()).AsList(),
                (await grid.ReadAsync<MappedRow>()).AsList()),
            cancellation);

    private sealed record CallRow(Guid Id, string ElementId, string? Holder, long Token, bool IsNext, bool IsAlive);
}
