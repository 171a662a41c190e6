namespace FlexCrew.Database.Checks;

/// <summary>
/// The tables that FlexCrew uses and what it does to them. The role of <c>supabase/roles/flexcrew.sql</c> has just these rights.
/// </summary>
internal static class NeededRights
{
    /// <summary>
    /// What a sync needs. SQL, rows of (place, table_name, rights): the order of complaints, the name in the schema <c>public</c>, an
    /// array of text.
    /// </summary>
    public const string OfASync =
        """
        (values (1, 'flex_crew_calls', '{select}'::text[]),
                (2, 'flex_crew_assignments', '{select,insert,update,delete}'),
                (3, 'job_assignments', '{select}'),
                (4, 'profiles', '{select}'),
                (5, 'flex_sync_log', '{select,insert,update,delete}'),
                (6, 'flex_crew_add_intents', '{select,insert,update,delete}'),
                (7, 'flex_crew_fences', '{select,insert,update}'),
                (8, 'flex_crew_fence_passes', '{select,insert,delete}'),
                (9, 'flex_crew_contacts', '{select,insert,delete}'))
        """;

    /// <summary>What a sync, the console and the drift check need, in the same form.</summary>
    public const string OfAll = $"(select * from {OfASync} as s union all select 10, 'jobs', array['select'])";
}
