using Npgsql;

namespace FlexCrew.Database;

/// <inheritdoc cref="ICrewTable"/>
internal sealed class CrewTable(NpgsqlDataSource source) : ICrewTable
{
    private static readonly Query Rows = new("crew rows",
        """
        select a.id as Id, a.technician_id as TechnicianId, a.flex_line_item_id::text as LineItemId
        from public.flex_crew_assignments a
        where a.crew_call_id = @crewCallId
        order by a.created_at nulls last, a.id
        """);

    // By the element that the caller goes by, whatever the crew call is linked to by now.
    private static readonly Query SiblingLines = new("lines of siblings",
        """
        select distinct btrim(a.flex_line_item_id::text) as LineItemId
        from public.flex_crew_calls o
        join public.flex_crew_assignments a on a.crew_call_id = o.id
        where lower(btrim(o.flex_element_id::text)) = lower(btrim(@elementId))
          and o.id <> @crewCallId
          and btrim(a.flex_line_item_id::text) <> ''
          and not exists (select from public.flex_crew_calls c
                          where c.id = @crewCallId and c.job_id = o.job_id
                            and lower(btrim(c.department)) = lower(btrim(o.department)))
        """);

    private static readonly Query Delete = new("delete crew rows",
        """
        delete from public.flex_crew_assignments a
        using unnest(@ids, @lineItems) as seen (id, line_item_id)
        where a.id = seen.id
          and a.crew_call_id = @crewCallId
          and a.flex_line_item_id::text is not distinct from seen.line_item_id
        """);

    public Task<IReadOnlyList<CrewRow>> RowsAsync(Guid crewCallId, CancellationToken cancellation) =>
        source.RowsAsync<CrewRow>(Rows, new { crewCallId }, cancellation);

    public Task<IReadOnlyList<string>> SiblingLinesAsync(Guid crewCallId, string elementId, CancellationToken cancellation) =>
        source.RowsAsync<string>(SiblingLines, new { crewCallId, elementId }, cancellation);

    public async Task<int> DeleteAsync(Guid crewCallId, IReadOnlyCollection<CrewRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            return 0;
        var ids = rows.Select(row => row.Id).ToArray();
        var lineItems = rows.Select(row => row.LineItemId).ToArray();
        return await source.ExecuteAsync(Delete, new { crewCallId, ids, lineItems }, cancellation);
    }
}
