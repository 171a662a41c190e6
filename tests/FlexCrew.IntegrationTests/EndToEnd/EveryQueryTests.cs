using System.Net;
using System.Text.Json.Nodes;
using FlexCrew.IntegrationTests.EndToEnd.Hooks;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>
/// Every query of a sync, failing in every way: nobody is lost, nobody is twice, the answer says so, and the next sync makes it right.
/// </summary>
public sealed class EveryQueryTests
{
    private static readonly string[] Queries =
    [
        "caller's role", "departments of the job", "crew", "desired crew", "fence", "delete crew rows",
        "begin add", "complete add", "abandon add", "write sync log",
    ];

    private static readonly string[] Tables =
    [
        "profiles", "job_assignments", "flex_crew_calls", "flex_crew_assignments",
        "flex_crew_add_intents", "flex_crew_fences", "flex_crew_fence_passes", "flex_crew_contacts", "flex_sync_log",
    ];

    // A run that could not be logged, and so could not give its fence back, is waited for so long.
    private static readonly (string, string)[] Settings =
        [("FlexCrew:FlexAttemptTimeout", "00:00:01"), ("FlexCrew:LeaseTimeout", "00:00:02.500")];

    public static IEnumerable<object[]> Faults =>
        from query in Queries from fault in Enum.GetNames<QueryFault>() select new object[] { query, fault };

    public static IEnumerable<object[]> Outages =>
        from table in Tables from way in new[] { "away", "locked" } select new object[] { table, way };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_query_fails_in_whatever_way_nobody_is_lost_and_nobody_is_twice(string query, string fault)
    {
        await using var stage = await Stage.SetAsync(hosts: 0, overrides: Settings);
        var world = await CrewedWorld.MakeAsync(stage);
        var hook = new FailingQuery(query, Enum.Parse<QueryFault>(fault));
        await stage.AddHostAsync(builder => builder.UseHook(hook));
        if (query == "abandon add") stage.Flex.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(409), times: 1);

        using (var response = await ClickAsync(stage))
        {
            var text = await response.Content.ReadAsStringAsync();
            AssertTells(response.StatusCode, text, passes: AnotherTryHelps(query, fault));
        }

        // A run is recorded after its answer.
        await Eventually(() => hook.Met > 0);
        await world.AssertUnharmedAsync();

        hook.Heal();
        await AssertHealedAsync(stage, world);
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Whatever_table_is_away_or_locked_nobody_is_lost_and_nobody_is_twice(string table, string way)
    {
        await using var stage = await Stage.SetAsync(hosts: 0, overrides: Settings);
        var world = await CrewedWorld.MakeAsync(stage);
        await stage.Database.ExecuteAsync($"alter database {stage.Database.Name} set lock_timeout = '200ms'");
        await stage.AddHostAsync();

        await using (var other = await stage.Database.OpenAsync())
        {
            await using var change = await other.BeginTransactionAsync();
            await using (var command = other.CreateCommand())
            {
                command.CommandText = way == "locked"
                    ? $"lock table public.{table} in access exclusive mode"
                    : $"alter table public.{table} rename to away";
                await command.ExecuteNonQueryAsync();
            }
            if (way == "away") await change.CommitAsync();
            using var response = await ClickAsync(stage);
            AssertTells(response.StatusCode, await response.Content.ReadAsStringAsync(), passes: table == "flex_sync_log");
        }

        if (way == "away") await stage.Database.ExecuteAsync($"alter table public.away rename to {table}");
        await world.AssertUnharmedAsync();
        await AssertHealedAsync(stage, world);
    }

    [Theory]
    [InlineData("crew")]
    [InlineData("people")]
    public async Task A_dry_run_whose_query_fails_says_so_and_writes_nothing(string query)
    {
        await using var stage = await Stage.SetAsync(hosts: 0);
        var world = await CrewedWorld.MakeAsync(stage);
        var hook = new FailingQuery(query, QueryFault.ForNow);
        await stage.AddHostAsync(builder => builder.UseHook(hook));
        var before = await world.DescribeAsync();

        using var response = await stage.PostAsync(new { job_id = stage.Job, dry_run = true });

        var text = await response.Content.ReadAsStringAsync();
        Assert.True(hook.Met > 0, "the query was not asked");
        AssertTells(response.StatusCode, text, passes: false);
        Assert.Equal(before, await world.DescribeAsync());
    }

    [Theory]
    [InlineData("claim retries")]
    [InlineData("retry queue depth")]
    public async Task A_retry_queue_that_cannot_be_read_is_read_at_a_later_tick(string query)
    {
        // Enough attempts to outlast the time until Flex takes adds again, however slow the machine.
        await using var stage = await Stage.SetAsync(hosts: 0, overrides:
        [
            ("FlexCrew:RetryPollInterval", "00:00:00.050"),
            .. Enumerable.Range(0, 50).Select(i => ($"FlexCrew:RetrySchedule:{i}", "00:00:00.200")),
        ]);
        var world = await CrewedWorld.MakeAsync(stage);
        var hook = new FailingQuery(query, QueryFault.ForNow);
        await stage.AddHostAsync(builder => builder.UseHook(hook));
        var refusing = stage.Flex.Faults.Add(FlexEndpoint.AddResource, Fault.Answer(409));
        Assert.NotNull((await stage.SyncAsync())["errors"]);
        refusing.Release();
        await Eventually(() => hook.Met > 2);

        hook.Heal();

        await Eventually(() => world.CrewCall.Flex.ResourceIds.Count == 9);
    }

    // A step is tried again; after an add was refused, the second try finds its intent and lists. A run that cannot be recorded did its
    // work all the same, and is recorded later.
    private static bool AnotherTryHelps(string query, string fault) => query switch
    {
        "write sync log" => true,
        "caller's role" or "departments of the job" => false,
        "abandon add" => fault is nameof(QueryFault.Once) or nameof(QueryFault.ForNow) or nameof(QueryFault.AnswerLost),
        _ => fault == nameof(QueryFault.Once),
    };

    private static Task<HttpResponseMessage> ClickAsync(Stage stage) => stage.PostAsync(new { job_id = stage.Job });

    // A failure is in the summary, or a 5xx of ours; and neither tells how we are made.
    private static void AssertTells(HttpStatusCode status, string text, bool passes)
    {
        foreach (var detail in new[] { "select ", "insert ", "public.", "Npgsql", "   at ", "Exception" })
            Assert.DoesNotContain(detail, text, StringComparison.OrdinalIgnoreCase);
        if (status != HttpStatusCode.OK)
        {
            Assert.InRange((int)status, 500, 503);
            Assert.False((bool)JsonNode.Parse(text)!["ok"]!);
            return;
        }
        var sound = JsonNode.Parse(text)!["summary"]!["sound"]!;
        var told = sound["errors"]?.AsArray().Count > 0 || sound["business_role_diagnostics"]?.AsArray().Count > 0;
        Assert.True(told || passes, text);
    }

    private static async Task AssertHealedAsync(Stage stage, CrewedWorld world)
    {
        var summary = await stage.SyncAsync();
        Assert.True(summary["errors"] is null, summary.ToJsonString());
        Assert.Equal(
            [
                "kept: kept", "moved: moved", "new-1: new-1", "new-2: new-2", "new-3: new-3",
                "one: one", "roleless: roleless", "stale: stale", "unmapped: unmapped",
            ],
            (await world.DescribeAsync()).Where(line => line.StartsWith("row ", StringComparison.Ordinal)).Select(line => line[4..]));
        Assert.Equal(9, world.CrewCall.Flex.ResourceIds.Distinct().Count());
        Assert.Equal(9, world.CrewCall.Flex.ResourceIds.Count);
    }

    private static async Task Eventually(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (!condition()) await Task.Delay(20, patience.Token);
    }
}
