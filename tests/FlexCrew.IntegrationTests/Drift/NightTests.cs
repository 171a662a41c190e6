using FlexCrew.IntegrationTests.Database;
using FlexCrew.IntegrationTests.EndToEnd;
using Xunit.Abstractions;

namespace FlexCrew.IntegrationTests.Drift;

/// <summary>A night's check over a whole season.</summary>
public sealed class NightTests(ITestOutputHelper output)
{
    private const int CrewCalls = 100;

    [Fact]
    public async Task A_night_over_100_crew_calls_costs_100_to_200_reads_writes_nothing_and_finds_each_of_ten_differences()
    {
        await using var stage = await Season.StageAsync();
        var season = new Season(stage);
        var jobs = new List<PlannedJob>();
        for (var number = 0; number < CrewCalls; number++) jobs.Add(await season.AddJobAsync(inHours: 1 + number));
        var planted = await PlantAsync(stage, jobs);
        var before = await season.WorldAsync();
        stage.Flex.Log.Clear();

        await season.CheckAsync();

        var requests = stage.Flex.Log.Requests;
        output.WriteLine($"{CrewCalls} crew calls, {planted.Count} differences: {requests.Count} requests to Flex");
        Assert.All(requests, request => Assert.Equal("GET", request.Method));
        Assert.InRange(requests.Count, 100, 200);
        Assert.Equal(1, stage.Flex.Log.Metrics.PeakConcurrency);
        Assert.Equal(before, await season.WorldAsync());
        Assert.Equal(
            planted.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)),
            (await season.FoundAsync()).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
        Assert.All(await stage.LogAsync(), row => Assert.Equal(("drift", "drift", "sound"), (row.Status, row.TriggeredBy, row.Department)));
    }

    /// <summary>What people, and other programs, do to the table and to Flex; job → the kinds of what then differs.</summary>
    private static async Task<IReadOnlyDictionary<Guid, string>> PlantAsync(Stage stage, IReadOnlyList<PlannedJob> jobs)
    {
        var (world, database) = (stage.Flex.World, stage.Database);
        var planted = new Dictionary<Guid, string>();

        var newcomer = await database.AddTechnicianAsync(Guid.NewGuid().ToString());
        await database.AssignAsync(Next("missing_in_flex").Job, newcomer, "SND-FOH-T");

        Next("not_desired").Flex.AddContact(Guid.NewGuid().ToString());

        world.RemoveLine(Next("contact_gone missing_in_flex").Crew[0].Line.Id);

        var twice = Next("duplicate");
        twice.Flex.AddContact(twice.Crew[1].Resource);

        await database.ExecuteAsync(
            "delete from public.flex_crew_assignments where technician_id = @Technician", new { Next("not_in_table").Crew[2].Technician });

        await database.ExecuteAsync(
            "delete from public.job_assignments where technician_id = @Technician", new { Next("not_desired").Crew[0].Technician });

        await database.ExecuteAsync(
            "update public.profiles set flex_resource_id = gen_random_uuid()::text where id = @Technician",
            new { Next("missing_in_flex other_resource").Crew[1].Technician });

        world.EditLine(Next("role_missing").Crew[2].Line.Id, line => line with { BusinessRole = null });

        var again = Next("contact_gone not_in_table");
        world.RemoveLine(again.Crew[0].Line.Id);
        again.Flex.AddContact(again.Crew[0].Resource, again.Crew[0].Line.BusinessRole);

        await database.ExecuteAsync(
            "delete from public.job_assignments where job_id = @Job", new { Next("not_desired not_desired not_desired").Job });
        return planted;

        PlannedJob Next(string kinds)
        {
            var job = jobs[planted.Count * 9 + 4];
            planted.Add(job.Job, kinds);
            return job;
        }
    }
}
