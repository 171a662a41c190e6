namespace FlexCrew.IntegrationTests.Database;

/// <summary>Everything in the schema <c>public</c> in words, so that two states can be compared.</summary>
internal static class SchemaSnapshot
{
    public static async Task<string> SchemaAsync(this TestDatabase database) =>
        string.Join('\n', await database.RowsAsync<string>(
            """
            select line collate "C" as line from (
              select format('relation %s %s rls=%s acl=%s comment=%s', c.relkind, c.relname, c.relrowsecurity, c.relacl,
                            obj_description(c.oid, 'pg_class')) as line
              from pg_class c where c.relnamespace = 'public'::regnamespace
              union all
              select format('column %s.%s %s notnull=%s default=%s comment=%s', c.relname, a.attname,
                            format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
                            col_description(c.oid, a.attnum))
              from pg_attribute a
              join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
              left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
              where a.attnum > 0 and not a.attisdropped
              union all
              select format('constraint %s %s %s comment=%s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid),
                            obj_description(c.oid, 'pg_constraint'))
              from pg_constraint c where c.connamespace = 'public'::regnamespace
              union all
              select format('index %s', i.indexdef) from pg_indexes i where i.schemaname = 'public'
              union all
              select format('policy %s %s %s %s %s', p.tablename, p.policyname, p.cmd, p.roles, p.qual)
              from pg_policies p where p.schemaname = 'public'
              union all
              select format('trigger %s', pg_get_triggerdef(t.oid)) from pg_trigger t where not t.tgisinternal
              union all
              select format('function %s', p.oid::regprocedure) from pg_proc p where p.pronamespace = 'public'::regnamespace
            ) lines
            order by line
            """));

    /// <summary>The rows of <c>flex_crew_assignments</c>, whole.</summary>
    public static async Task<string> CrewAsync(this TestDatabase database) =>
        string.Join('\n', await database.RowsAsync<string>(
            "select to_jsonb(a)::text from flex_crew_assignments a order by a.id"));
}
