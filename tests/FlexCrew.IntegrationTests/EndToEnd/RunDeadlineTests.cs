using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>A minute takes a second; all settings are those of production.</summary>
public sealed class RunDeadlineTests
{
    /// <summary>A crew call of 300 that is to be emptied. Flex refuses the bulk delete, is slow at single ones and answers readings at once.</summary>
    [Fact]
    public async Task A_run_that_has_more_to_delete_than_it_has_time_for_stops_in_time_and_writes_beside_nobody()
    {
        var clock = new FastClock(60);
        await using var stage = await Stage.SetAsync(configure: clock.Use, overrides: [.. ProductionSettings.All]);
        await clock.UseAsync(stage.Database);
        var crewCall = await stage.AddCrewCallAsync();
        for (var i = 0; i < 300; i++) crewCall.Flex.AddContact(Guid.NewGuid().ToString());
        stage.Flex.Faults.Add(FlexEndpoint.BulkDelete, Fault.Answer(405));
        stage.Flex.Faults.Add(FlexEndpoint.Delete, Fault.Delay(clock.Real(TimeSpan.FromSeconds(12))));

        using var first = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound" } }, prefer: "respond-async");
        await Task.Delay(clock.Real(TimeSpan.FromSeconds(5)));
        using var second = await stage.PostAsync(new { job_id = stage.Job, departments = new[] { "sound" } }, prefer: "respond-async");
        await Stage.UntilAsync(async () => (await stage.LogAsync()).Count >= 3, "both runs and a retry are logged", TimeSpan.FromMinutes(2));

        var log = await stage.LogAsync();
        var told = string.Join(" | ", log.Select(row =>
            $"{row.Status} {row.DurationMs / 1000} s, removed {row.Removed}, {row.FlexRequests} requests, {row.Errors[..Math.Min(160, row.Errors.Length)]}"));
        Assert.True(stage.Flex.Log.Metrics.OverlappingWrites == 0, told);
        Assert.True(log.All(row => row.DurationMs <= 660_000), told);
        Assert.True(log.Any(row => row.DurationMs >= 600_000), told);
        Assert.Equal(300, log.Sum(row => row.Removed) + crewCall.Flex.Contacts.Count);
    }
}
