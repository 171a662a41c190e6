using System.Net;
using System.Text.Json.Nodes;
using FlexCrew.IntegrationTests.Database;
using FlexCrew.IntegrationTests.EndToEnd;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.Load;

/// <summary>Many jobs, each with a crew that changes while it is synced.</summary>
internal sealed class CrowdedStage
{
    private readonly Stage stage;
    private readonly List<Key> keys = [];
    private int clicks;

    private CrowdedStage(Stage stage) => this.stage = stage;

    /// <summary>Clicks that were answered.</summary>
    public int Clicks => clicks;

    public static async Task<CrowdedStage> SetAsync(Stage stage, int jobs, int crew)
    {
        var crowded = new CrowdedStage(stage);
        for (var number = 0; number < jobs; number++)
        {
            var job = await stage.Database.AddJobAsync();
            var flex = stage.Flex.World.CreateCrewCall();
            var key = new Key(job, (await stage.Database.AddCrewCallAsync(job, "sound", flex.Id), flex));
            for (var one = 0; one < crew; one++)
            {
                var resource = Guid.NewGuid().ToString();
                key.Crew.Add((await stage.Database.AddTechnicianAsync(resource), resource));
            }
            foreach (var (technician, _) in key.Crew) await stage.Database.AssignAsync(job, technician, "SND-FOH-T");
            crowded.keys.Add(key);
        }
        return crowded;
    }

    /// <summary>So many clicks at once, again and again, until the time is over. Returns how long each took.</summary>
    public async Task<IReadOnlyList<TimeSpan>> ClickAsync(int atOnce, TimeSpan duration, int seed)
    {
        var until = TimeProvider.System.GetTimestamp() + (long)(duration.TotalSeconds * TimeProvider.System.TimestampFrequency);
        var each = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async clicker =>
        {
            var random = new Random(seed + clicker);
            var took = new List<TimeSpan>();
            while (TimeProvider.System.GetTimestamp() < until)
            {
                var key = keys[random.Next(keys.Count)];
                if (random.Next(4) == 0) await key.ChangeAsync(stage, random);
                var started = TimeProvider.System.GetTimestamp();
                await ClickAsync(key);
                took.Add(TimeProvider.System.GetElapsedTime(started));
            }
            return took;
        }));
        return [.. each.SelectMany(took => took).Order()];
    }

    /// <summary>One more sync of each job, then: each has exactly its crew.</summary>
    public async Task AssertAllRightAsync()
    {
        await Task.WhenAll(keys.Select(async key => Assert.Null((await ClickAsync(key))?["errors"])));
        foreach (var key in keys)
        {
            await stage.AssertCrewAsync(key.CrewCall, key.Assigned);
            Assert.Equal(key.CrewCall.Flex.ResourceIds.Distinct(), key.CrewCall.Flex.ResourceIds);
        }
    }

    /// <summary>Clicks for one job; null when the answer is a 5xx of ours.</summary>
    private async Task<JsonObject?> ClickAsync(Key key)
    {
        using var response = await stage.PostAsync(new { job_id = key.Job, departments = new[] { "sound" } });
        var text = await response.Content.ReadAsStringAsync();
        Interlocked.Increment(ref clicks);
        if (response.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.ServiceUnavailable)
        {
            Assert.StartsWith("""{"ok":false,""", text);
            return null;
        }
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {text}");
        return JsonNode.Parse(text)!["summary"]!["sound"]!.AsObject();
    }

    private sealed class Key(Guid job, (Guid Id, CrewCall Flex) crewCall)
    {
        private readonly SemaphoreSlim gate = new(1);
        private readonly HashSet<Guid> away = [];

        public Guid Job => job;

        public (Guid Id, CrewCall Flex) CrewCall => crewCall;

        public List<(Guid Id, string Resource)> Crew { get; } = [];

        public IEnumerable<(Guid Id, string Resource)> Assigned => Crew.Where(one => !away.Contains(one.Id));

        /// <summary>Assigns somebody who is away, or the other way round.</summary>
        public async Task ChangeAsync(Stage stage, Random random)
        {
            await gate.WaitAsync();
            try
            {
                var (technician, _) = Crew[random.Next(Crew.Count)];
                if (away.Remove(technician))
                    await stage.Database.AssignAsync(job, technician, "SND-FOH-T");
                else if (away.Add(technician))
                    await stage.Database.ExecuteAsync(
                        "delete from public.job_assignments where job_id = @job and technician_id = @technician", new { job, technician });
            }
            finally
            {
                gate.Release();
            }
        }
    }
}
