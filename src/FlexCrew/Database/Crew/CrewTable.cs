using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database.Crew;

/// <inheritdoc cref="ICrewTable"/>
internal sealed class CrewTable(NpgsqlDataSource source) : ICrewTable
{
    // The contact of a row that goes is remembered as one that FlexCrew placed, unless it is known that somebody else did. If it is in Flex
    // after all, a later sync can tell that it may go. An add whose contact is gone has ended.
    private static readonly Query Delete = new("delete crew rows",
        $"""
        with {Fences.HeldForRows}, noted as (
          insert into public.flex_crew_contacts (element, line_item_id, placed)
          select distinct @element, lower(btrim(s.line_item_id)), true
          from unnest(@lineItemIds) as s (line_item_id)
          where btrim(s.line_item_id) <> '' and exists (select from fence)
          on conflict (element, line_item_id) do nothing
        ), ended as (
          delete from public.flex_crew_add_intents i
          where i.element = @element and i.flex_resource_id = any (@resourceIds) and exists (select from fence)
        ), deleted as (
          delete from public.flex_crew_assignments a
          using unnest(@ids, @lineItemIds) as seen (id, line_item_id)
          where a.id = seen.id
            and a.crew_call_id = @crewCallId
            and a.flex_line_item_id::text is not distinct from seen.line_item_id
            and exists (select from fence)
          returning a.id
        )
        select exists (select from fence) as held
        """);

    public async Task<bool> DeleteAsync(RowDeletions deletions, CancellationToken cancellation) =>
        (await source.RowsAsync<bool>(
            Delete,
            new
            {
                deletions.Fence.Element,
                deletions.Fence.Token,
                deletions.Fence.Holder,
                deletions.CrewCallId,
                ids = deletions.Rows.Select(row => row.Id).ToArray(),
                lineItemIds = deletions.Rows.Select(row => row.LineItemId).ToArray(),
                resourceIds = deletions.GoneResourceIds.Select(id => id.Trim().ToLowerInvariant()).ToArray(),
            },
            cancellation))[0];
}
