using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>A minute takes six seconds; all waits and time-outs are those of production, but a run has three minutes.</summary>
public sealed class RunDeadlineTests
{
    private static readonly (string, string)[] Settings =
        [.. ProductionSettings.All, ("FlexCrew:RunDeadline", "00:03:00"), ("FlexCrew:MaxConcurrentFlexRequests", "4")];

    /// <summary>A crew call of 200 that is to be emptied. Flex refuses the bulk delete and is slow at single ones.</summary>
    [Fact]
    public async Task A_run_that_has_more_to_delete_than_it_has_time_for_stops_in_time_and_writes_beside_nobody()
    {
        var clock = new FastClock(10);
        await using var stage = await Stage.SetAsync(configure: clock.Use, overrides: Settings);
        await clock.UseAsync(stage.Database);
        var crewCall = await stage.AddCrewCallAsync();
        for (var i = 0; i < 200; i++) crewCall.Flex.AddContact(Guid.NewGuid().ToString());
        stage.Flex.Faults.Add(FlexEndpoint.BulkDelete, Fault.Answer(405));
        stage.Flex.Faults.Add(FlexEndpoint.Delete, Fault.Delay(clock.Real(TimeSpan.FromSeconds(6))));

        using var first = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound" } }, prefer: "respond-async");
        await Task.Delay(clock.Real(TimeSpan.FromSeconds(5)));
        using var second = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound" } }, prefer: "respond-async");
        await Stage.UntilAsync(
            async () => (await stage.LogAsync()).Count >= 3, "both runs and a retry are logged", TimeSpan.FromMinutes(2));

        var log = await stage.LogAsync();
        var told = string.Join(" | ", log.Select(row =>
            $"{row.Status} {row.DurationMs / 1000} s, removed {row.Removed}, {row.FlexRequests} requests, {(row.Sentences is [var first, ..] ? first : "")}"));
        Assert.True(stage.Flex.Log.Metrics.OverlappingWrites == 0, told);
        Assert.True(log.All(row => row.DurationMs <= 220_000), told);
        Assert.True(log.Any(row => row.DurationMs >= 180_000), told);
        Assert.Equal(200, log.Sum(row => row.Removed) + crewCall.Flex.Contacts.Count);
    }
}
