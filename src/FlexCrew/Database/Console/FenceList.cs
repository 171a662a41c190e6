using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database;

/// <inheritdoc cref="IFenceList"/>
internal sealed class FenceList(NpgsqlDataSource source) : IFenceList
{
    private static readonly Query Held = new("held fences",
        $"""
        select f.element as Element, f.holder as Holder, f.token as Token, f.claimed_at as ClaimedAt,
               {FenceState.HolderIsQuiet} as IsQuiet, f.next_holder as NextHolder,
               c.job_id as JobId, lower(btrim(c.department)) as Department,
               nullif(btrim(to_jsonb(j) ->> 'title'), '') as JobTitle
        from public.flex_crew_fences f
        left join public.flex_crew_calls c on lower(btrim(c.flex_element_id::text)) = f.element
        left join public.jobs j on j.id = c.job_id
        where f.holder is not null
        order by f.claimed_at, f.element, c.created_at nulls last, c.id
        """);

    public Task<IReadOnlyList<HeldFenceRow>> HeldAsync(CancellationToken cancellation) =>
        source.RowsAsync<HeldFenceRow>(Held, null, cancellation);
}
