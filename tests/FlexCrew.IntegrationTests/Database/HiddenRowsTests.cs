using System.Net;
using FlexCrew.Database.Checks;
using FlexCrew.Database.Connection;
using FlexCrew.IntegrationTests.EndToEnd;

namespace FlexCrew.IntegrationTests.Database;

/// <summary>Row level security answers fewer rows and no error. FlexCrew notices before it takes a crew for empty.</summary>
public sealed class HiddenRowsTests
{
    public static TheoryData<string, string> Hiding => new()
    {
        { "job_assignments", "drop policy flexcrew on job_assignments" },
        { "profiles", "drop policy flexcrew on profiles" },
        { "flex_crew_calls", "drop policy flexcrew on flex_crew_calls" },
        { "flex_crew_assignments", "drop policy flexcrew on flex_crew_assignments" },
        { "flex_crew_add_intents", "drop policy flexcrew on flex_crew_add_intents" },
        { "flex_sync_log", "drop policy flexcrew on flex_sync_log" },
        { "jobs", "drop policy flexcrew on jobs" },
        { "flex_crew_fences", "drop policy flexcrew on flex_crew_fences" },
        { "flex_crew_fence_passes", "drop policy flexcrew on flex_crew_fence_passes" },
        { "flex_crew_contacts", "drop policy flexcrew on flex_crew_contacts" },
        { "job_assignments", "alter policy flexcrew on job_assignments using (technician_id is not null)" },
        { "job_assignments", "alter policy flexcrew on job_assignments to service_role" },
        { "job_assignments", "create policy p on job_assignments as restrictive using (status <> 'declined')" },
        { "job_assignments", "create policy p on job_assignments as restrictive for select to flexcrew using (status <> 'declined')" },
        { "flex_crew_assignments",
            "drop policy flexcrew on flex_crew_assignments; create policy p on flex_crew_assignments for select using (true)" },
        { "flex_sync_log", "drop policy flexcrew on flex_sync_log; create policy p on flex_sync_log for insert with check (true)" },
    };

    public static TheoryData<string> Showing =>
    [
        "select 1",
        "alter table job_assignments disable row level security; drop policy flexcrew on job_assignments",
        "drop policy flexcrew on job_assignments; create policy p on job_assignments using (true)",
        "drop policy flexcrew on job_assignments; create policy p on job_assignments for select to public using (true)",
        "create policy p on job_assignments as restrictive using (true)",
        "create policy p on job_assignments as restrictive for update using (false)",
        "create policy p on job_assignments as restrictive to authenticated using (false)",
        "create policy p on job_assignments using (false)",
    ];

    [Theory]
    [MemberData(nameof(Hiding))]
    public async Task Readiness_names_the_table_whose_rows_are_hidden_and_what_to_do(string table, string sql)
    {
        await using var database = await FlexCrewRole.CreateSupabaseAsync();
        await FlexCrewRole.ApplyAsync(database);
        await database.ExecuteAsync(sql);

        Assert.Equal(
            $"The database filters what FlexCrew reads: row level security hides rows of {table} from the role FlexCrew connects as: "
            + "run supabase/roles/flexcrew.sql and connect as the role flexcrew.",
            await CheckAsync(database, "flexcrew"));
    }

    [Theory]
    [MemberData(nameof(Showing))]
    public async Task A_role_that_sees_every_row_is_ready_whatever_policies_there_are(string sql)
    {
        await using var database = await FlexCrewRole.CreateSupabaseAsync();
        await FlexCrewRole.ApplyAsync(database);
        await database.ExecuteAsync(sql);

        Assert.Null(await CheckAsync(database, "flexcrew"));
    }

    [Fact]
    public async Task The_owner_of_the_tables_sees_everything()
    {
        await using var database = await FlexCrewRole.CreateSupabaseAsync();

        Assert.Null(await CheckAsync(database, new Uri(database.Url).UserInfo.Split(':')[0]));
    }

    [Theory]
    [InlineData("revoke select on profiles from flexcrew", "no select right on the table profiles")]
    [InlineData("revoke delete on flex_sync_log from flexcrew", "no delete right on the table flex_sync_log")]
    [InlineData("revoke insert on flex_crew_add_intents from flexcrew", "no insert right on the table flex_crew_add_intents")]
    public async Task Readiness_names_a_right_that_is_missing(string sql, string missing)
    {
        await using var database = await FlexCrewRole.CreateSupabaseAsync();
        await FlexCrewRole.ApplyAsync(database);
        await database.ExecuteAsync(sql);

        Assert.Equal(
            $"The role FlexCrew connects as has {missing}: run supabase/roles/flexcrew.sql and connect as the role flexcrew.",
            await CheckAsync(database, "flexcrew"));
    }

    [Fact]
    public async Task A_host_whose_role_sees_no_assignments_is_not_ready_and_its_log_says_why()
    {
        var database = await FlexCrewRole.CreateSupabaseAsync();
        await FlexCrewRole.ApplyAsync(database);
        await database.ExecuteAsync("drop policy flexcrew on job_assignments");
        await using var stage = await Stage.SetAsync(database, 1, null, null, ("SUPABASE_DB_URL", FlexCrewRole.UrlOf(database)));

        using var ready = await stage.Http.GetAsync(new Uri(stage.Host.BaseUrl, "health?ready"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("\"database\":\"failed\"", await ready.Content.ReadAsStringAsync());
        Assert.Contains(stage.Host.Logs.Lines, line => line.Contains("hides rows of job_assignments", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("job_assignments")]
    [InlineData("profiles")]
    [InlineData("flex_crew_assignments")]
    public async Task A_run_that_would_read_filtered_rows_fails_and_takes_nobody_off(string table)
    {
        var database = await FlexCrewRole.CreateSupabaseAsync();
        await FlexCrewRole.ApplyAsync(database);
        await database.ExecuteAsync($"drop policy flexcrew on {table}");
        if (table == "profiles") await database.ExecuteAsync(
            "create policy own_role on profiles for select to flexcrew using (role = 'management')");
        await using var stage = await Stage.SetAsync(database, 1, null, null, ("SUPABASE_DB_URL", FlexCrewRole.UrlOf(database)));
        var crewCall = await stage.AddCrewCallAsync();
        foreach (var (technician, resource) in await stage.AssignManyAsync(3))
            await database.AddCrewRowAsync(crewCall.Id, technician, crewCall.Flex.AddContact(resource).Id);

        var summary = await stage.SyncAsync();

        Assert.Equal(3, crewCall.Flex.Contacts.Count);
        Assert.Equal(3, await database.ScalarAsync<int>("select count(*) from flex_crew_assignments"));
        Assert.Contains($"row level security hides rows of {table} from the role FlexCrew connects as", summary["errors"]!.ToJsonString());
    }

    /// <summary>The console and the drift check read it, a sync does not.</summary>
    [Fact]
    public async Task A_run_goes_on_where_the_jobs_are_hidden()
    {
        var database = await FlexCrewRole.CreateSupabaseAsync();
        await FlexCrewRole.ApplyAsync(database);
        await database.ExecuteAsync("drop policy flexcrew on jobs");
        await using var stage = await Stage.SetAsync(database, 1, null, null, ("SUPABASE_DB_URL", FlexCrewRole.UrlOf(database)));
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);

        Assert.Null((await stage.SyncAsync())["errors"]);

        await stage.AssertCrewAsync(crewCall, crew);
    }

    private static async Task<string?> CheckAsync(TestDatabase database, string role)
    {
        await using var source = DatabaseConnection.Create(FlexCrewRole.UrlOf(database, role));
        return await new DatabaseReadiness(source).CheckAsync(default);
    }
}
