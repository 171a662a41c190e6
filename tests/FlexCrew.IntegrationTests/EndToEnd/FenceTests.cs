using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using FlexCrew.IntegrationTests.Database;
using FlexCrew.Planning;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>
/// A run that ended, or that an administrator took for stuck, while one of its steps waited before its request. Another run, in another
/// process with a pipeline to Flex of its own, has taken over and synced when the step goes on.
/// </summary>
public sealed class FenceTests
{
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    // Flex asks for a longer wait than a dead holder is waited for.
    private static readonly Fault Wait = Fault.Answer(429, retryAfter: TimeSpan.FromSeconds(8));

    private static readonly (string, string)[] Settings =
        [("FlexCrew:FlexTotalTimeout", "00:00:12"), ("FlexCrew:FlexAttemptTimeout", "00:00:01.5"), ("FlexCrew:LeaseTimeout", "00:00:06")];

    [Fact]
    public async Task An_add_that_waited_out_a_RetryAfter_is_not_sent_once_another_run_has_taken_over()
    {
        await using var stage = await Stage.SetAsync(hosts: 2, overrides: Settings);
        var crewCall = await stage.AddCrewCallAsync();
        var one = await stage.AssignAsync();
        var run = await HandRun.BeginAsync(stage, crewCall, QuietFor);
        var asked = stage.Flex.Faults.Add(FlexEndpoint.AddResource, Wait, times: 1);
        var add = run.AddAsync(one);
        await asked.WaitUntilPlayedAsync();

        var summary = await stage.SyncAsync(host: 1);

        Assert.Null(summary["errors"]);
        Assert.Equal(FailureKind.LeaseLost, (await add).Failure?.Kind);
        Assert.Equal(2, stage.Flex.Log.Count(FlexEndpoint.AddResource));
        await stage.AssertCrewAsync(crewCall, [one]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_deletion_that_waited_out_a_RetryAfter_is_not_sent_once_another_run_has_taken_over(int leaving)
    {
        await using var stage = await Stage.SetAsync(hosts: 2, overrides: Settings);
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(leaving);
        await stage.SyncAsync();
        await stage.RunsEndedAsync();
        foreach (var (technician, _) in crew) await stage.UnassignAsync(technician);
        var lines = crewCall.Flex.Contacts;
        var run = await HandRun.BeginAsync(stage, crewCall, QuietFor);
        var asked = stage.Flex.Faults.Add(FlexEndpoint.Delete | FlexEndpoint.BulkDelete, Wait, times: 1);
        var prune = run.PruneAsync([.. lines.Select(line => new ContactDeletion(line.Id, line.ResourceId, DeletionReason.NotDesired, []))]);
        await asked.WaitUntilPlayedAsync();
        foreach (var (technician, _) in crew) await stage.Database.AssignAsync(stage.Job, technician, "SND-FOH-T");

        var summary = await stage.SyncAsync(host: 1);

        Assert.Equal(leaving, (int)summary["kept"]!);
        var left = (await prune).Value!.Failed;
        Assert.Equal(leaving, left.Count);
        Assert.All(left, one => Assert.Equal(FailureKind.LeaseLost, one.Failure.Kind));
        Assert.Equal(lines, crewCall.Flex.Contacts);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    [Fact]
    public async Task An_administrator_frees_the_element_of_a_stuck_run_which_then_writes_nothing_more()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(2);
        var stuck = await HandRun.BeginAsync(stage, crewCall, Long);
        var click = stage.SyncAsync();
        await stage.UntilOneWaitsForTheFenceAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await ReleaseAsync(stage, crewCall.Flex.Id, "element")).Status);
        await stage.Database.ExecuteAsync("update public.profiles set role = 'admin' where id = @Manager", new { stage.Manager });
        var (status, body) = await ReleaseAsync(stage, crewCall.Flex.Id.ToUpperInvariant(), "element");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True((bool)body["released"]!);
        Assert.Equal((stuck.Run.Holder, stuck.Target.Fence.Token), ((string)body["lease"]!["holder"]!, (long)body["lease"]!["token"]!));
        var heldFor = DateTimeOffset.UtcNow - DateTimeOffset.Parse((string)body["lease"]!["acquired_at"]!);
        Assert.InRange(heldFor, TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(1));
        Assert.Null((await click)["errors"]);
        await stage.AssertCrewAsync(crewCall, crew);
        await stage.RunsEndedAsync();
        Assert.False((bool)(await ReleaseAsync(stage, crewCall.Flex.Id, "element")).Body["released"]!);

        Assert.Equal(FailureKind.LeaseLost, (await stuck.AddAsync(await stage.AssignAsync())).Failure?.Kind);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    /// <summary>Who frees the lease of a department means the run: it must not write any more either.</summary>
    [Fact]
    public async Task Releasing_the_lease_of_a_department_takes_the_fence_of_its_holder_too()
    {
        await using var stage = await Stage.SetAsync(
            overrides:
            [
                ("FlexCrew:FlexAttemptTimeout", "00:00:15"), ("FlexCrew:FlexTotalTimeout", "00:01:00"),
                ("FlexCrew:MaxConcurrentFlexRequests", "4"),
            ]);
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(6);
        await stage.Database.ExecuteAsync("update public.profiles set role = 'admin' where id = @Manager", new { stage.Manager });
        var held = stage.Flex.Faults.Add(FlexEndpoint.AddResource, Fault.Hold());
        var first = stage.SyncAsync();
        await held.WaitUntilPlayedAsync(4);

        var (_, body) = await ReleaseAsync(stage, stage.Job.ToString(), "sound");
        Assert.True((bool)body["released"]!);
        var freed = await stage.Database.ScalarAsync<string?>("select holder from public.flex_crew_fences");
        stage.Flex.Faults.Remove(held.Id);
        var stopped = await first;

        Assert.Null(freed);
        Assert.Contains("taken this crew call over", stopped["errors"]!.ToJsonString());
        Assert.Equal(4, crewCall.Flex.Contacts.Count);
        Assert.Null((await stage.SyncAsync())["errors"]);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    private static async Task<(HttpStatusCode Status, JsonObject Body)> ReleaseAsync(Stage stage, string key, string department)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(stage.Host.BaseUrl, $"sync-flex-crew-for-job/leases/{key}/{department}/release"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.For(stage.Manager));
        using var response = await stage.Http.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }
}
