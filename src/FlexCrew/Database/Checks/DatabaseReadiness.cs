using FlexCrew.Database.Connection;
using Npgsql;

namespace FlexCrew.Database.Checks;

/// <inheritdoc cref="IDatabaseReadiness"/>
internal sealed class DatabaseReadiness(NpgsqlDataSource source) : IDatabaseReadiness
{
    private const string UniqueKey = "unique key";

    private const string Remedy = "run supabase/roles/flexcrew.sql and connect as the role flexcrew.";

    private static readonly string[] Needed =
    [
        "flex_crew_calls", "flex_crew_assignments", "job_assignments", "profiles",
        UniqueKey, "flex_sync_log", "flex_sync_log.kind", "flex_crew_add_intents", "flex_crew_add_intents.element", "flex_crew_fences",
        "flex_crew_fence_passes", "flex_crew_contacts",
    ];

    // Any unique key of the two columns serves ON CONFLICT, under whatever name and in either order, unless it is
    // partial or deferrable.
    private static readonly Query FirstMissing = new("readiness",
        """
        select t.name
        from unnest(@Needed) with ordinality as t (name, place)
        where case t.name
              when @UniqueKey then not exists (
                select 1
                from pg_catalog.pg_index i
                where i.indrelid = to_regclass('public.flex_crew_assignments')
                  and i.indisunique and i.indisvalid and i.indimmediate
                  and i.indpred is null and i.indexprs is null
                  and i.indnkeyatts = 2
                  and (select array_agg(a.attname::text order by a.attname)
                       from pg_catalog.pg_attribute a
                       where a.attrelid = i.indrelid
                         and a.attnum = any ((i.indkey::int2[])[0:1])) = array['crew_call_id', 'technician_id'])
              else to_regclass('public.' || split_part(t.name, '.', 1)) is null
                or (t.name like '%.%' and not exists (
                  select 1
                  from pg_catalog.pg_attribute a
                  where a.attrelid = to_regclass('public.' || split_part(t.name, '.', 1))
                    and a.attname = split_part(t.name, '.', 2) and not a.attisdropped))
              end
        order by t.place
        limit 1
        """);

    private static readonly Query FirstRefused = new("readiness",
        $"""
        select format('no %s right on the table %s', r.name, n.table_name)
        from {NeededRights.OfAll} as n (place, table_name, rights)
        cross join lateral unnest(n.rights) with ordinality as r (name, place)
        where not has_table_privilege(to_regclass('public.' || n.table_name), r.name)
        order by n.place, r.place
        limit 1
        """);

    private static readonly Query FirstHidden = new("readiness", $"select {RowLevelSecurity.FirstHiddenOfAll}");

    public async Task<string?> CheckAsync(CancellationToken cancellation)
    {
        try
        {
            if (await FirstAsync(FirstMissing, new { Needed, UniqueKey }, cancellation) is { } missing)
                return Describe(missing);
            if (await FirstAsync(FirstRefused, null, cancellation) is { } refused)
                return $"The role FlexCrew connects as has {refused}: {Remedy}";
            if (await FirstAsync(FirstHidden, null, cancellation) is { } hidden)
                return $"The database filters what FlexCrew reads: {RowLevelSecurity.Reason(hidden)}: {Remedy}";
            return null;
        }
        catch (DatabaseException failure)
        {
            return $"{failure.Message}.";
        }
    }

    private async Task<string?> FirstAsync(Query query, object? parameters, CancellationToken cancellation)
    {
        var rows = await source.RowsAsync<string?>(query, parameters, cancellation);
        return rows.Count == 0 ? null : rows[0];
    }

    private static string Describe(string missing) => missing switch
    {
        UniqueKey =>
            "flex_crew_assignments is not unique by (crew_call_id, technician_id): apply the migration 20261122100000_unique_crew_assignments.",
        "flex_sync_log" =>
            "The table flex_sync_log is missing: apply the migration 20261122100100_flex_sync_log.",
        "flex_sync_log.kind" =>
            "The column kind of flex_sync_log is missing: apply the migration 20261126130000_flex_sync_log_kind.",
        "flex_crew_add_intents" =>
            "The table flex_crew_add_intents is missing: apply the migration 20261122100200_flex_crew_add_intents.",
        "flex_crew_add_intents.element" =>
            "The column element of flex_crew_add_intents is missing: apply the migration 20261126140000_flex_crew_add_intents_key.",
        "flex_crew_fences" or "flex_crew_fence_passes" or "flex_crew_contacts" =>
            $"The table {missing} is missing: apply the migration 20261125100000_flex_crew_fences.",
        _ => $"The table {missing} is missing: {DatabaseConnection.Setting} does not point at the database of the jobs.",
    };
}
