namespace FlexCrew.Database.Checks;

/// <summary>
/// Tells whether row level security keeps rows from the role that FlexCrew connects as. PostgreSQL raises no error then: a
/// read answers fewer rows and a write changes fewer, so that a crew with people in it looks empty.
/// </summary>
/// <remarks>
/// <c>row_security_active</c> alone would refuse a role that sees everything by a policy <c>using (true)</c>. So a table
/// counts as hidden when row level security is active for the role and, for reading, updating or deleting, either no
/// permissive policy that applies to the role is the constant <c>true</c>, or a restrictive policy that applies is not. A
/// condition that only happens to be true for each row counts as hiding, since the catalog does not tell that it is. With
/// <c>set row_security = off</c> PostgreSQL would raise an error by itself, but also for a role that sees everything by a policy; and a
/// pooler in transaction mode does not keep a setting of the session. Tables only: what a view leaves out is not noticed.
/// </remarks>
internal static class RowLevelSecurity
{
    /// <summary>
    /// SQL, an expression of type text: of the tables that a sync uses, the name of the first one with rows that the current role does
    /// not see; null when there is none. A table that does not exist is not hidden. It has no parameters and reads the catalog only.
    /// </summary>
    public const string FirstHiddenOfASync = $"(select n.table_name from {NeededRights.OfASync} {IsHidden}";

    /// <summary>The same of all tables that FlexCrew reads or changes.</summary>
    public const string FirstHiddenOfAll = $"(select n.table_name from {NeededRights.OfAll} {IsHidden}";

    private const string IsHidden =
        """
        as n (place, table_name, rights)
         cross join lateral (select to_regclass('public.' || n.table_name) as id) t
         -- A new row that is refused is an error by itself, and hides nothing.
         join (values ('select', 'r'), ('update', 'w'), ('delete', 'd')) as c (privilege, command) on c.privilege = any (n.rights)
         cross join lateral (
           select coalesce(bool_or(p.polpermissive and pg_get_expr(p.polqual, p.polrelid) = 'true'), false) as all_allowed,
                  coalesce(bool_or(not p.polpermissive and pg_get_expr(p.polqual, p.polrelid) <> 'true'), false) as some_refused
           from pg_catalog.pg_policy p
           where p.polrelid = t.id
             and p.polcmd in ('*', c.command::"char")
             and exists (select from unnest(p.polroles) as r (role) where r.role = 0 or pg_has_role(r.role, 'usage'))) policies
         where row_security_active(t.id)
           and (policies.some_refused or not policies.all_allowed)
         order by n.place
         limit 1)
        """;

    /// <summary>What is wrong, in words that fit into a <see cref="DatabaseException"/> and may be shown to the user.</summary>
    public static string Reason(string table) => $"row level security hides rows of {table} from the role FlexCrew connects as";

    /// <summary>The error of a run for which <see cref="FirstHiddenOfASync"/> was a table. To try again does not help.</summary>
    /// <param name="query">The name of the query that asked.</param>
    /// <param name="table">The table.</param>
    public static DatabaseException Failure(string query, string table) => new(query, Reason(table), isTransient: false);
}
