using Npgsql;

namespace FlexCrew.Database;

/// <inheritdoc cref="IAddJournal"/>
internal sealed class AddJournal(NpgsqlDataSource source) : IAddJournal
{
    // The row itself tells whether it was open: a reading beside the insert would miss an intent that another
    // instance writes at the same time. Rows are locked in the order of their keys, so that two runs cannot deadlock.
    private static readonly Query Begin = new("begin add",
        """
        insert into public.flex_crew_add_intents as i
          (crew_call_id, technician_id, flex_resource_id, instance_id, started_at, previous_started_at)
        select @crewCallId, t.technician_id, @resourceId, @instanceId, clock_timestamp(), null
        from (select distinct unnest(@technicianIds) as technician_id order by technician_id) t
        on conflict (crew_call_id, technician_id) do update
        set flex_resource_id = excluded.flex_resource_id,
            instance_id = excluded.instance_id,
            previous_started_at = i.started_at,
            started_at = clock_timestamp()
        returning i.technician_id as TechnicianId,
                  greatest(i.started_at - i.previous_started_at, interval '0') as Age,
                  i.previous_started_at is not null as WasOpen
        """);

    private static readonly Query Complete = new("complete add",
        """
        with open as materialized (
          select i.crew_call_id, i.technician_id
          from public.flex_crew_add_intents i
          where i.crew_call_id = @crewCallId and i.technician_id = any (@technicianIds)
          order by i.technician_id
          for update
        ), cleared as (
          delete from public.flex_crew_add_intents i
          using open o
          where i.crew_call_id = o.crew_call_id and i.technician_id = o.technician_id
        )
        insert into public.flex_crew_assignments as a (id, crew_call_id, technician_id, flex_line_item_id, created_at)
        select gen_random_uuid(), @crewCallId, t.technician_id, @lineItemId, now()
        from (select distinct unnest(@technicianIds) as technician_id order by technician_id) t
        on conflict (crew_call_id, technician_id) do update
        set flex_line_item_id = excluded.flex_line_item_id
        where a.flex_line_item_id is distinct from excluded.flex_line_item_id
        """);

    private static readonly Query Abandon = new("abandon add",
        """
        with open as materialized (
          select i.crew_call_id, i.technician_id
          from public.flex_crew_add_intents i
          where i.crew_call_id = @crewCallId and i.technician_id = any (@technicianIds)
          order by i.technician_id
          for update
        )
        delete from public.flex_crew_add_intents i
        using open o
        where i.crew_call_id = o.crew_call_id and i.technician_id = o.technician_id
        """);

    public async Task<IReadOnlyList<OpenIntent>> BeginAsync(
        Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, string resourceId, string instanceId, CancellationToken cancellation)
    {
        var parameters = new { crewCallId, technicianIds = technicianIds.ToArray(), resourceId, instanceId };
        var begun = await source.RowsAsync<Begun>(Begin, parameters, cancellation);
        return [.. begun.Where(row => row.WasOpen).Select(row => new OpenIntent(row.TechnicianId, row.Age ?? TimeSpan.Zero))];
    }

    public Task CompleteAsync(
        Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, string lineItemId, CancellationToken cancellation) =>
        source.ExecuteAsync(
            Complete,
            new { crewCallId, technicianIds = technicianIds.ToArray(), lineItemId = new FlexId(lineItemId) },
            cancellation);

    public Task AbandonAsync(Guid crewCallId, IReadOnlyCollection<Guid> technicianIds, CancellationToken cancellation) =>
        source.ExecuteAsync(Abandon, new { crewCallId, technicianIds = technicianIds.ToArray() }, cancellation);

    private sealed record Begun(Guid TechnicianId, TimeSpan? Age, bool WasOpen);
}
