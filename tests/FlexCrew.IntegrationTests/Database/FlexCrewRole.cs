using FlexCrew.Database.Connection;
using FlexCrew.Tests;
using Npgsql;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>
/// The role of <c>supabase/roles/flexcrew.sql</c>. A role belongs to the whole server, so databases get it one after the other.
/// </summary>
internal static class FlexCrewRole
{
    private static readonly SemaphoreSlim Applying = new(1, 1);

    /// <summary>Applies the file to a database.</summary>
    public static async Task ApplyAsync(TestDatabase database)
    {
        await Applying.WaitAsync();
        try
        {
            await database.ApplyAsync([RepositoryFiles.PathOf("supabase", "roles", "flexcrew.sql")]);
        }
        finally
        {
            Applying.Release();
        }
    }

    /// <summary>The URL of the database as that role, or as another. The test server asks nobody for a password.</summary>
    public static string UrlOf(TestDatabase database, string role = "flexcrew") =>
        new UriBuilder(database.Url) { UserName = role, Password = "" }.Uri.ToString();

    /// <summary>A database as production has it: row level security on each table, and policies for users.</summary>
    public static async Task<TestDatabase> CreateSupabaseAsync(SchemaKind kind = SchemaKind.Migrated)
    {
        var database = await PostgresServer.CreateDatabaseAsync(kind);
        await database.ExecuteAsync(
            """
            create function public.get_current_user_role() returns text language sql stable as
              $$ select current_setting('test.role', true) $$;
            alter table public.profiles enable row level security;
            alter table public.jobs enable row level security;
            alter table public.job_assignments enable row level security;
            alter table public.flex_crew_calls enable row level security;
            alter table public.flex_crew_assignments enable row level security;
            create policy readers on public.job_assignments for select to authenticated using (true);
            create policy own on public.profiles for select using (id::text = current_setting('test.user', true));
            create policy managers on public.flex_crew_calls using (get_current_user_role() in ('admin', 'management'));
            create policy managers on public.flex_crew_assignments using (get_current_user_role() in ('admin', 'management'));
            """);
        return database;
    }

    /// <summary>What PostgreSQL answers to a statement of that role: null, or the SQLSTATE of its refusal.</summary>
    public static async Task<string?> TryAsync(TestDatabase database, string sql)
    {
        await using var source = DatabaseConnection.Create(UrlOf(database));
        await using var command = source.CreateCommand(sql);
        var refusal = await Record.ExceptionAsync(() => command.ExecuteNonQueryAsync());
        return refusal is null ? null : Assert.IsType<PostgresException>(refusal).SqlState;
    }
}
