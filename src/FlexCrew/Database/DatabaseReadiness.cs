using Npgsql;

namespace FlexCrew.Database;

/// <inheritdoc cref="IDatabaseReadiness"/>
internal sealed class DatabaseReadiness(NpgsqlDataSource source) : IDatabaseReadiness
{
    private const string UniqueKey = "unique key";

    private static readonly string[] Needed =
    [
        "flex_crew_calls", "flex_crew_assignments", "job_assignments", "profiles",
        UniqueKey, "flex_sync_log", "flex_crew_add_intents", "flex_crew_fences", "flex_crew_contacts",
    ];

    // Any unique key of the two columns serves ON CONFLICT, under whatever name and in either order, unless it is
    // partial or deferrable.
    private static readonly Query FirstMissing = new("readiness",
        """
        select t.name
        from unnest(@Needed) with ordinality as t (name, place)
        where case when t.name <> @UniqueKey then to_regclass('public.' || t.name) is null
              else not exists (
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
              end
        order by t.place
        limit 1
        """);

    public async Task<string?> CheckAsync(CancellationToken cancellation)
    {
        try
        {
            var missing = await source.RowsAsync<string>(FirstMissing, new { Needed, UniqueKey }, cancellation);
            return missing.Count == 0 ? null : Describe(missing[0]);
        }
        catch (DatabaseException failure)
        {
            return $"{failure.Message}.";
        }
    }

    private static string Describe(string missing) => missing switch
    {
        UniqueKey =>
            "flex_crew_assignments is not unique by (crew_call_id, technician_id): apply the migration 20261122100000_unique_crew_assignments.",
        "flex_sync_log" =>
            "The table flex_sync_log is missing: apply the migration 20261122100100_flex_sync_log.",
        "flex_crew_add_intents" =>
            "The table flex_crew_add_intents is missing: apply the migration 20261122100200_flex_crew_add_intents.",
        "flex_crew_fences" or "flex_crew_contacts" =>
            $"The table {missing} is missing: apply the migration 20261125100000_flex_crew_fences.",
        _ => $"The table {missing} is missing: {DatabaseConnection.Setting} does not point at the database of the jobs.",
    };
}
