using Npgsql;

namespace FlexCrew.Database;

/// <inheritdoc cref="ICrewTable"/>
internal sealed class CrewTable(NpgsqlDataSource source) : ICrewTable
{
    // A contact that stays in Flex when its row goes is remembered as one that FlexCrew placed, unless it is known that somebody else did:
    // only so can a later sync of another crew call of the element tell that it may go. One that is gone is forgotten.
    private static readonly Query Delete = new("delete crew rows",
        $"""
        with {Fences.Held}, noted as (
          insert into public.flex_crew_contacts (element, line_item_id, placed)
          select distinct @element, lower(btrim(s.line_item_id)), true
          from unnest(@lineItemIds) as s (line_item_id)
          where btrim(s.line_item_id) <> '' and lower(btrim(s.line_item_id)) <> all (@gone) and exists (select from fence)
          on conflict (element, line_item_id) do nothing
        ), forgotten as (
          delete from public.flex_crew_contacts c
          where c.element = @element and c.line_item_id = any (@gone) and exists (select from fence)
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

    public Task<bool> DeleteAsync(RowDeletions deletions, CancellationToken cancellation) =>
        Fences.AskTwiceAsync(async () => (await source.RowsAsync<bool>(
            Delete,
            new
            {
                deletions.Fence.Element,
                deletions.Fence.Token,
                deletions.Fence.Holder,
                deletions.CrewCallId,
                ids = deletions.Rows.Select(row => row.Id).ToArray(),
                lineItemIds = deletions.Rows.Select(row => row.LineItemId).ToArray(),
                gone = deletions.GoneLineItemIds.Select(line => line.Trim().ToLowerInvariant()).ToArray(),
            },
            cancellation))[0]);
}
