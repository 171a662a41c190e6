using Dapper;
using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database.Crew;

/// <inheritdoc cref="IAddJournal"/>
internal sealed class AddJournal(NpgsqlDataSource source) : IAddJournal
{
    // An add of the same technician with another resource id, or to another element, is another one.
    private const string OfThisAdd =
        "i.crew_call_id = @crewCallId and i.element = @element and i.flex_resource_id = lower(btrim(@resourceId))";

    // What the caller knows of each technician, beside what the tables hold. Rows are locked in the order of their keys, so that two runs
    // cannot deadlock.
    private const string Known =
        $"""
        known as (
          select distinct on (k.technician_id) k.technician_id, lower(btrim(k.line_item_id)) as line_item_id, k.started_at
          from unnest(@technicianIds, @lineItemIds, @startedAts) as k (technician_id, line_item_id, started_at)
          order by k.technician_id
        ), found as (
          select k.technician_id, lower(btrim(a.flex_line_item_id::text)) as line_item_id, i.started_at,
                 a.flex_line_item_id is distinct from null
                   and lower(btrim(a.flex_line_item_id::text)) is distinct from k.line_item_id as is_mapped_elsewhere,
                 i.started_at is distinct from k.started_at as is_begun
          from known k
          left join public.flex_crew_assignments a on a.crew_call_id = @crewCallId and a.technician_id = k.technician_id
          left join public.flex_crew_add_intents i on i.technician_id = k.technician_id and {OfThisAdd}
        )
        """;

    private static readonly Query Begin = new("begin add",
        $"""
        with {Fences.HeldForRows}, {Known}, written as (
          insert into public.flex_crew_add_intents as i (crew_call_id, technician_id, element, flex_resource_id, instance_id, started_at)
          select @crewCallId, k.technician_id, @element, lower(btrim(@resourceId)), @holder, clock_timestamp()
          from known k
          where exists (select from fence) and not exists (select from found f where f.is_mapped_elsewhere or f.is_begun)
          order by k.technician_id
          on conflict (crew_call_id, technician_id, element, flex_resource_id) do update
          set instance_id = excluded.instance_id, started_at = excluded.started_at
          where i.started_at = (select k.started_at from known k where k.technician_id = i.technician_id)
          returning i.technician_id, i.started_at
        ), passed as (
          insert into public.flex_crew_fence_passes (element, token)
          select @element, f.token from fence f where exists (select from written) limit 1
        )
        select f.technician_id as TechnicianId, f.line_item_id as LineItemId,
               coalesce(w.started_at, f.started_at) as StartedAt,
               greatest(clock_timestamp() - f.started_at, interval '0') as Age,
               w.technician_id is not null as Written, exists (select from fence) as Held
        from found f
        left join written w on w.technician_id = f.technician_id
        order by f.technician_id
        """);

    // What is remembered of a contact belongs to its element, whether or not the crew call is still linked to that one: else nobody would
    // ever know that FlexCrew placed it. One that a table maps already counts as placed by FlexCrew, whoever did it, unless it is
    // remembered as placed by somebody else.
    private static readonly Query Complete = new("complete add",
        $"""
        with {Fences.HeldForRows}, {Known}, cleared as (
          delete from public.flex_crew_add_intents i
          using known k
          where i.technician_id = k.technician_id and {OfThisAdd} and exists (select from fence)
        ), noted as (
          insert into public.flex_crew_contacts as c (element, line_item_id, placed)
          select @element, n.line_item_id, bool_and(n.placed)
          from (select lower(btrim(@newLine)) as line_item_id,
                       @placed or exists (select from public.flex_crew_calls c
                                          join public.flex_crew_assignments m on m.crew_call_id = c.id
                                          where lower(btrim(c.flex_element_id::text)) = @element
                                            and lower(btrim(m.flex_line_item_id::text)) = lower(btrim(@newLine))) as placed
                union all
                select f.line_item_id, true from found f, fence
                where not f.is_mapped_elsewhere and f.line_item_id is distinct from null and f.line_item_id <> lower(btrim(@newLine))) n
          where exists (select from own)
          group by n.line_item_id
          order by n.line_item_id
          on conflict (element, line_item_id) do nothing
        ), mapped as (
          insert into public.flex_crew_assignments as a (id, crew_call_id, technician_id, flex_line_item_id, created_at)
          select gen_random_uuid(), @crewCallId, k.technician_id, @lineItemId, now()
          from known k
          where exists (select from fence)
          order by k.technician_id
          on conflict (crew_call_id, technician_id) do update
          set flex_line_item_id = excluded.flex_line_item_id
          where a.flex_line_item_id is distinct from excluded.flex_line_item_id
            and (a.flex_line_item_id is null
                 or lower(btrim(a.flex_line_item_id::text))
                    = (select k.line_item_id from known k where k.technician_id = a.technician_id))
          returning a.technician_id
        )
        select f.technician_id as TechnicianId, f.line_item_id as LineItemId,
               m.technician_id is not null or f.line_item_id = lower(btrim(@newLine)) as Mapped, exists (select from fence) as Held
        from found f
        left join mapped m on m.technician_id = f.technician_id
        order by f.technician_id
        """);

    private static readonly Query Abandon = new("abandon add",
        $"""
        with {Fences.Held}, {Known}
        delete from public.flex_crew_add_intents i
        using known k
        where i.technician_id = k.technician_id and {OfThisAdd} and i.started_at = k.started_at
          and exists (select from fence)
        """);

    public async Task<BegunAdd> BeginAsync(AddClaim add, CancellationToken cancellation)
    {
        var rows = await source.RowsAsync<BegunRow>(Begin, Parameters(add, new { }), cancellation);
        return new BegunAdd(
            rows.Any(row => row.Held),
            rows.All(row => row.Written),
            [.. rows.Select(row => new AddedTechnician(row.TechnicianId, row.LineItemId, row.StartedAt))],
            rows.Min(row => row.Age) ?? TimeSpan.Zero);
    }

    public async Task<CompletedAdd> CompleteAsync(AddClaim add, string lineItemId, bool placed, CancellationToken cancellation)
    {
        var parameters = Parameters(add, new { lineItemId = new UntypedParameter(lineItemId), newLine = lineItemId, placed });
        var rows = await source.RowsAsync<CompletedRow>(Complete, parameters, cancellation);
        return new CompletedAdd(
            rows.Any(row => row.Held),
            [.. rows.Where(row => !row.Mapped).Select(row => new AddedTechnician(row.TechnicianId, row.LineItemId, null))]);
    }

    public Task AbandonAsync(AddClaim add, CancellationToken cancellation) =>
        source.ExecuteAsync(Abandon, Parameters(add, new { }), cancellation);

    private static DynamicParameters Parameters(AddClaim add, object more)
    {
        var parameters = new DynamicParameters(more);
        parameters.AddDynamicParams(add.Fence);
        parameters.AddDynamicParams(new
        {
            add.CrewCallId,
            add.ResourceId,
            technicianIds = add.Technicians.Select(technician => technician.TechnicianId).ToArray(),
            lineItemIds = add.Technicians.Select(technician => technician.LineItemId).ToArray(),
            startedAts = add.Technicians.Select(technician => technician.StartedAt).ToArray(),
        });
        return parameters;
    }

    private sealed record BegunRow(Guid TechnicianId, string? LineItemId, DateTime? StartedAt, TimeSpan? Age, bool Written, bool Held);

    private sealed record CompletedRow(Guid TechnicianId, string? LineItemId, bool Mapped, bool Held);
}
