using FlexCrew.IntegrationTests.Database;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>
/// A minute takes a second here, for the host and the database alike; all waits, time-outs and retries are those of
/// production. Latency and the outage's length are by our clock.
/// </summary>
public sealed class OutageTests
{
    private const int Jobs = 10;
    private const int CrewOfEach = 4;

    [Theory]
    [InlineData(OutageKind.ServiceUnavailable)]
    [InlineData(OutageKind.Refuse)]
    [InlineData(OutageKind.Hang)]
    public async Task Two_minutes_without_flex_during_ten_syncs_heal_with_no_click_and_no_duplicate(OutageKind kind)
    {
        var clock = new FastClock(60);
        await using var stage = await Stage.SetAsync(configure: clock.Use, overrides: [.. ProductionSettings.All]);
        await clock.UseAsync(stage.Database);
        stage.Flex.Behaviour.Latency = TimeSpan.FromMilliseconds(20);
        var jobs = new List<Job>();
        for (var i = 0; i < Jobs; i++) jobs.Add(await AddJobAsync(stage));

        var clicks = jobs.Select(job => stage.PostAsync(new { job_id = job.Id, departments = new[] { "sound" } })).ToList();
        await stage.Flex.World.WaitUntilAsync(world => jobs.Sum(job => job.CrewCall.Flex.Contacts.Count) >= Jobs);
        await stage.Flex.Faults.GoDownAsync(kind, clock.Real(TimeSpan.FromMinutes(2)));
        foreach (var click in clicks)
        {
            using var response = await click;
            Assert.InRange((int)response.StatusCode, 200, 202);
        }

        await Stage.UntilAsync(
            async () => await stage.LogAsync() is var log
                && !log.Any(row => row.WaitsForRetry)
                && log.Where(row => row.Status == "succeeded").Select(row => row.JobId).Distinct().Count() == Jobs,
            "every sync has succeeded and none waits for a retry");
        Assert.Contains(await stage.LogAsync(), row => row.TriggeredBy == "retry");

        foreach (var job in jobs) await stage.AssertCrewAsync(job.CrewCall, job.Crew);
        Assert.Equal(0, stage.Flex.Log.Metrics.OverlappingWrites);
        foreach (var runs in (await stage.LogAsync()).GroupBy(row => row.JobId))
        {
            Assert.Equal("succeeded", runs.Last().Status);
            Assert.Equal(stage.Manager.ToString(), runs.First().TriggeredBy);
            Assert.All(runs.Skip(1), row => Assert.Equal("retry", row.TriggeredBy));
            Assert.Single(runs.Select(row => row.CorrelationId).Distinct());
        }
    }

    private static async Task<Job> AddJobAsync(Stage stage)
    {
        var id = await stage.Database.AddJobAsync();
        var flex = stage.Flex.World.CreateCrewCall();
        var crewCall = await stage.Database.AddCrewCallAsync(id, "sound", flex.Id);
        var crew = new List<(Guid, string)>();
        for (var i = 0; i < CrewOfEach; i++)
        {
            var resource = Guid.NewGuid().ToString();
            var technician = await stage.Database.AddTechnicianAsync(resource);
            await stage.Database.AssignAsync(id, technician, "SND-FOH-T");
            crew.Add((technician, resource));
        }

        return new Job(id, (crewCall, flex), crew);
    }

    private sealed record Job(Guid Id, (Guid Id, CrewCall Flex) CrewCall, IReadOnlyList<(Guid Id, string Resource)> Crew);
}
