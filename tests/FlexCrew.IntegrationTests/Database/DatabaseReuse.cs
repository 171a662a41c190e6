namespace FlexCrew.IntegrationTests.Database;

/// <summary>What makes a database that one test has used as good as new for another one.</summary>
internal static class DatabaseReuse
{
    /// <summary>
    /// Changes whenever a table, column, function, constraint, index, policy, trigger, type, right or setting of the database
    /// does: a changed row of a catalogue has a newer transaction in it, and one that is gone is not counted.
    /// </summary>
    public const string Fingerprint =
        """
        select string_agg(catalogue, ' ') from (
          select concat('class ', count(*), ' ', max(xmin::text::bigint)) as catalogue from pg_class
          union all select concat('attribute ', count(*), ' ', max(xmin::text::bigint)) from pg_attribute
          union all select concat('attrdef ', count(*), ' ', max(xmin::text::bigint)) from pg_attrdef
          union all select concat('proc ', count(*), ' ', max(xmin::text::bigint)) from pg_proc
          union all select concat('type ', count(*), ' ', max(xmin::text::bigint)) from pg_type
          union all select concat('constraint ', count(*), ' ', max(xmin::text::bigint)) from pg_constraint
          union all select concat('index ', count(*), ' ', max(xmin::text::bigint)) from pg_index
          union all select concat('policy ', count(*), ' ', max(xmin::text::bigint)) from pg_policy
          union all select concat('trigger ', count(*), ' ', max(xmin::text::bigint)) from pg_trigger
          union all select concat('namespace ', count(*), ' ', max(xmin::text::bigint)) from pg_namespace
          union all select concat('default acl ', count(*), ' ', max(xmin::text::bigint)) from pg_default_acl
          union all select concat('setting ', count(*)) from pg_db_role_setting
            where setdatabase = (select oid from pg_database where datname = current_database())
        ) as catalogues
        """;

    /// <summary>Ends what still works on the database, and waits until it has ended.</summary>
    public const string EndOtherSessions =
        """
        select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
        """;

    /// <summary>Empties each table, whatever refers to what, and starts each sequence again. To truncate takes ten times as long.</summary>
    public const string Empty =
        """
        do $empty$
        declare
          candidate regclass;
        begin
          set local session_replication_role = replica;
          for candidate in
            select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
          loop
            execute format('delete from %s', candidate);
          end loop;
          perform setval(seqrelid, seqstart, false) from pg_sequence;
        end
        $empty$;
        """;
}
