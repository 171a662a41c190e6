using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database.Crew;

/// <inheritdoc cref="IFences"/>
internal sealed class Fences(NpgsqlDataSource source) : IFences
{
    /// <summary>
    /// One row while the run holds the fence, none otherwise. Each statement that writes begins with it.
    /// It also tells the other runs that this one is alive, but not more often than needed: a fence that was touched a moment ago cannot be
    /// claimed, so that reading it is enough; one that was quiet for longer is updated, which waits for a claim that is under way. Whether
    /// it was quiet is decided once, before the update: a statement that waited while another one of the same run touched the fence holds
    /// it too.
    /// </summary>
    private const string Own =
        """
        quiet as materialized (
          select f.element
          from public.flex_crew_fences f
          where f.element = @element and f.touched_at < statement_timestamp() - f.quiet_for / 8
        ), touched as (
          update public.flex_crew_fences f
          set touched_at = clock_timestamp()
          from quiet q
          where f.element = q.element and f.token = @token and f.holder = @holder
          returning f.token
        ), own as (
          select t.token from touched t
          union all
          select f.token
          from public.flex_crew_fences f
          where f.element = @element and f.token = @token and f.holder = @holder and not exists (select from quiet)
        )
        """;

    /// <summary>The table expression <c>fence</c>: one row while the run holds the fence, none otherwise.</summary>
    public const string Held = $"{Own}, fence as (select o.token from own o)";

    /// <summary>
    /// The same for a statement that writes rows of a crew call: none either when the crew call was linked to another element since the run
    /// began, because the fence of that one guards its rows by now.
    /// </summary>
    public const string HeldForRows =
        $"""
        {Own}, fence as (
          select o.token
          from own o
          where exists (select from public.flex_crew_calls c
                        where c.id = @crewCallId and lower(btrim(c.flex_element_id::text)) = @element)
        )
        """;

    /// <summary>
    /// A statement that notes one attempt to write to Flex. The fence is given back only when all of them are accounted for: one of a step
    /// that died, or was delivered twice, may still be under way.
    /// </summary>
    public const string Pass =
        "insert into public.flex_crew_fence_passes (element, token) select @element, f.token from fence f limit 1 returning token";

    private static readonly Query Ask = new("fence", $"with {Held} {Pass}");

    // The token grows, so that every statement of the run that held the fence is refused from now on.
    private const string FreeElement =
        """
        update public.flex_crew_fences f
        set holder = null, token = f.token + 1, touched_at = clock_timestamp(), next_holder = null
        from (select o.element, o.holder, o.claimed_at, o.token from public.flex_crew_fences o) was
        where was.element = f.element and f.holder is not null and
        """;

    private const string Freed = "returning f.element as Element, was.holder as Holder, was.claimed_at as ClaimedAt, was.token as Token";

    private static readonly Query FreeByElement = new("free fence", $"{FreeElement} f.element = @element {Freed}");

    private static readonly Query FreeByHolder = new("free fence", $"{FreeElement} f.holder = @holder {Freed}");

    public async Task<bool> PassAsync(FenceHold hold, CancellationToken cancellation) =>
        (await source.RowsAsync<long>(Ask, hold, cancellation)).Count > 0;

    public async Task<FreedFence?> FreeAsync(string element, CancellationToken cancellation) =>
        (await source.RowsAsync<FreedFence>(FreeByElement, new { element = FenceHold.KeyOf(element) }, cancellation)).SingleOrDefault();

    public async Task<FreedFence?> FreeHeldByAsync(string holder, CancellationToken cancellation) =>
        (await source.RowsAsync<FreedFence>(FreeByHolder, new { holder }, cancellation)) is [var freed, ..] ? freed : null;
}
