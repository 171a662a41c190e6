using Npgsql;

namespace FlexCrew.Database;

/// <inheritdoc cref="IDatabaseReadiness"/>
internal sealed class DatabaseReadiness(NpgsqlDataSource source) : IDatabaseReadiness
{
    private static readonly string[] Tables =
        ["flex_crew_calls", "flex_crew_assignments", "job_assignments", "profiles", "flex_sync_log", "flex_crew_add_intents"];

    // Any unique key of the two columns serves ON CONFLICT, under whatever name and in either order, unless it is
    // partial or deferrable.
    private static readonly Query Check = new("readiness",
        """
        select array(
                 select t.name
                 from unnest(@Tables) with ordinality as t (name, place)
                 where to_regclass('public.' || t.name) is null
                 order by t.place) as MissingTables,
               exists(
                 select 1
                 from pg_catalog.pg_index i
                 where i.indrelid = to_regclass('public.flex_crew_assignments')
                   and i.indisunique and i.indisvalid and i.indimmediate
                   and i.indpred is null and i.indexprs is null
                   and i.indnkeyatts = 2
                   and (select array_agg(a.attname::text order by a.attname)
                        from pg_catalog.pg_attribute a
                        where a.attrelid = i.indrelid
                          and a.attnum = any ((i.indkey::int2[])[0:1])) = array['crew_call_id', 'technician_id']
               ) as HasUniqueKey
        """);

    public async Task<string?> CheckAsync(CancellationToken cancellation)
    {
        try
        {
            var found = (await source.RowsAsync<Found>(Check, new { Tables }, cancellation))[0];
            return Describe(found);
        }
        catch (DatabaseException failure)
        {
            return $"{failure.Message}.";
        }
    }

    private static string? Describe(Found found)
    {
        var migrations = new[] { "flex_sync_log", "flex_crew_add_intents" };
        if (found.MissingTables.Except(migrations).FirstOrDefault() is { } table)
            return $"The table {table} is missing: {DatabaseConnection.Setting} does not point at the database of the jobs.";
        if (!found.HasUniqueKey)
            return "flex_crew_assignments is not unique by (crew_call_id, technician_id): apply the migration 20261122100000_unique_crew_assignments.";
        return found.MissingTables.FirstOrDefault() switch
        {
            "flex_sync_log" => "The table flex_sync_log is missing: apply the migration 20261122100100_flex_sync_log.",
            "flex_crew_add_intents" => "The table flex_crew_add_intents is missing: apply the migration 20261122100200_flex_crew_add_intents.",
            _ => null,
        };
    }

    private sealed record Found(string[] MissingTables, bool HasUniqueKey);
}
