using FlexCrew.Database;
using FlexCrew.IntegrationTests.Database;
using FlexCrew.IntegrationTests.EndToEnd.Hooks;
using FlexSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>Somebody who was taken off is assigned again while the run that read so is under way.</summary>
public sealed class AssignedMeanwhileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Right_before_a_deletion_is_sent_they_stay(int leaving)
    {
        await using var stage = await Stage.SetAsync(hosts: 0);
        var (crewCall, crew) = await LeavingAsync(stage, leaving, "desired crew");
        stage.Flex.Log.Clear();

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        Assert.Equal(leaving - 1, (int)summary["removed"]!);
        await stage.AssertCrewAsync(crewCall, [crew[0], crew[^1]]);
        var log = (await stage.LogAsync())[^1];
        Assert.Equal(("succeeded", leaving - 1), (log.Status, log.Removed));
        Assert.Contains((crew[0].Id, "contact spared"), log.Technicians);
        Assert.Contains("stays: its technician was assigned while the sync ran", summary["diagnostics"]!.ToJsonString());
        Assert.Null(await stage.Database.ScalarAsync<string?>("select holder from public.flex_crew_fences"));
    }

    [Fact]
    public async Task In_another_department_that_shares_the_crew_call_they_stay()
    {
        await using var stage = await Stage.SetAsync(hosts: 0);
        var (crewCall, crew) = await LeavingAsync(stage, 1, "desired crew", sound: null, lights: "LGT-PA-T");
        await stage.Database.AddCrewCallAsync(stage.Job, "lights", crewCall.Flex.Id);

        var summary = await stage.SyncAsync();

        Assert.Equal(0, (int)summary["removed"]!);
        Assert.Contains(crew[0].Resource, crewCall.Flex.ResourceIds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task While_a_deletion_waits_out_a_RetryAfter_they_stay(int leaving)
    {
        await using var stage = await Stage.SetAsync(hosts: 1);
        var (crewCall, crew) = await LeavingAsync(stage, leaving);
        var asked = stage.Flex.Faults.Add(
            FlexEndpoint.Delete | FlexEndpoint.BulkDelete, Fault.Answer(429, retryAfter: TimeSpan.FromSeconds(2)), times: 1);
        var click = stage.SyncAsync();
        await asked.WaitUntilPlayedAsync();

        await stage.Database.AssignAsync(stage.Job, crew[0].Id, "SND-FOH-T");
        var summary = await click;

        Assert.Null(summary["errors"]);
        Assert.Equal(leaving - 1, (int)summary["removed"]!);
        await stage.AssertCrewAsync(crewCall, [crew[0], crew[^1]]);
    }

    /// <summary>Nobody can know when the request is on the wire already: then one more sync follows, which brings them back.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Once_the_deletion_is_on_the_wire_one_more_sync_follows_that_brings_them_back(int leaving)
    {
        await using var stage = await Stage.SetAsync(hosts: 0, overrides: ("FlexCrew:RetryPollInterval", "00:00:00.100"));
        var (crewCall, crew) = await LeavingAsync(stage, leaving, "DELETE ");

        var summary = await stage.SyncAsync();

        Assert.Null(summary["errors"]);
        await AssertBroughtBackAsync(stage, crewCall, [crew[0], crew[^1]]);
    }

    [Fact]
    public async Task While_Flex_deletes_one_more_sync_follows_that_brings_them_back()
    {
        await using var stage = await Stage.SetAsync(overrides: ("FlexCrew:RetryPollInterval", "00:00:00.100"));
        var (crewCall, crew) = await LeavingAsync(stage, 1);
        var held = stage.Flex.Faults.Add(FlexEndpoint.Delete, Fault.Hold(), times: 1);
        var click = stage.SyncAsync();
        await held.WaitUntilPlayedAsync();

        await stage.Database.AssignAsync(stage.Job, crew[0].Id, "SND-FOH-T");
        held.Release();
        await click;

        await AssertBroughtBackAsync(stage, crewCall, crew);
    }

    /// <summary>
    /// The page assigns somebody and places them itself, while a run waits for another one that writes to the same element.
    /// </summary>
    [Fact]
    public async Task While_a_run_waits_for_its_turn_somebody_new_who_was_placed_stays()
    {
        await using var stage = await Stage.SetAsync();
        var crewCall = await stage.AddCrewCallAsync();
        await stage.Database.AddCrewCallAsync(stage.Job, "lights", crewCall.Flex.Id);
        var other = await HandRun.BeginAsync(stage, crewCall, TimeSpan.FromHours(1), "lights");
        var click = stage.SyncAsync();
        await stage.UntilOneWaitsForTheFenceAsync();

        var one = await stage.AssignAsync();
        var line = crewCall.Flex.AddContact(one.Resource);
        await stage.Database.AddCrewRowAsync(crewCall.Id, one.Id, line.Id);
        await stage.Host.Services.GetRequiredService<IFences>().FreeHeldByAsync(other.Run.Holder, default);
        var summary = await click;

        Assert.Equal((0, 0, 1), ((int)summary["added"]!, (int)summary["removed"]!, (int)summary["kept"]!));
        Assert.Equal([line.Id], crewCall.Flex.Contacts.Select(contact => contact.Id));
        await stage.AssertCrewAsync(crewCall, [one]);
    }

    /// <summary>Whoever was on the crew call without a contact that could be deleted: only their row is to go.</summary>
    [Fact]
    public async Task Right_before_a_row_is_deleted_whose_contact_stays_the_row_stays_too()
    {
        await using var stage = await Stage.SetAsync(hosts: 0);
        var (crewCall, crew) = await LeavingAsync(stage, 1, "desired crew");
        var lights = await stage.Database.AddCrewCallAsync(stage.Job, "lights", crewCall.Flex.Id);
        var line = crewCall.Flex.Contacts.Single(contact => contact.ResourceId == crew[0].Resource);
        await stage.Database.AddCrewRowAsync(lights, crew[0].Id, line.Id);

        var summary = await stage.SyncAsync();

        Assert.Equal(0, (int)summary["removed"]!);
        await stage.AssertCrewAsync(crewCall, crew);
    }

    // All but the last leave; the first is assigned again right before the effect.
    private static async Task<((Guid Id, CrewCall Flex) CrewCall, IReadOnlyList<(Guid Id, string Resource)> Crew)> LeavingAsync(
        Stage stage, int leaving, string? before = null, string? sound = "SND-FOH-T", string? lights = null)
    {
        var crewCall = await stage.AddCrewCallAsync();
        var crew = await stage.AssignManyAsync(leaving + 1);
        var hook = new RightBefore(before ?? "never", () => stage.Database.AssignAsync(stage.Job, crew[0].Id, sound, lights));
        if (before is not null) await stage.AddHostAsync(builder => builder.UseHook(hook));
        await stage.SyncAsync();
        foreach (var (technician, _) in crew.Take(leaving)) await stage.UnassignAsync(technician);
        return (crewCall, crew);
    }

    private static async Task AssertBroughtBackAsync(
        Stage stage, (Guid Id, CrewCall Flex) crewCall, IReadOnlyList<(Guid Id, string Resource)> crew)
    {
        var log = (await stage.LogAsync())[^1];
        Assert.Equal(("succeeded", true), (log.Status, log.WaitsForRetry));
        await stage.MakeRetriesDueAsync();
        await Stage.UntilAsync(
            async () => (await stage.LogAsync()).Any(row => row is { TriggeredBy: "retry", Added: 1 }), "they were brought back");
        await stage.AssertCrewAsync(crewCall, crew);
    }
}
