using System.Text.Json.Nodes;
using FlexCrew.Contract;
using FlexCrew.Drift;
using FlexCrew.IntegrationTests.Database;
using FlexCrew.IntegrationTests.EndToEnd;
using FlexCrew.Planning;
using FlexSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace FlexCrew.IntegrationTests.Drift;

/// <summary>Jobs to come, each with a sound crew of three that is right in all places, until a test plants something.</summary>
internal sealed class Season(Stage stage)
{
    private static readonly string Role = new BusinessRoles(new FlexCrewOptions()).Of("sound")["tecnico"];

    public static readonly (string, string)[] SwitchedOn =
        [("FlexCrew:Drift:Enabled", "true"), ("FlexCrew:Drift:Pause", "00:00:00"), ("FlexCrew:Drift:LookAgainAfter", "00:00:00")];

    public static Task<Stage> StageAsync(params (string, string)[] overrides) =>
        Stage.SetAsync(overrides: [.. SwitchedOn, .. overrides]);

    /// <summary>Adds a job that begins in so many hours and takes a day.</summary>
    public async Task<PlannedJob> AddJobAsync(double inHours = 24, string status = "Confirmado")
    {
        var job = await stage.Database.AddJobAsync();
        await stage.Database.ExecuteAsync(
            """
            update public.jobs
            set start_time = now() + make_interval(secs => @seconds), end_time = now() + make_interval(secs => @seconds + 86400),
                status = (jsonb_populate_record(null::public.jobs, jsonb_build_object('status', @status))).status
            where id = @job
            """,
            new { job, seconds = inHours * 3600, status });
        var element = stage.Flex.World.CreateCrewCall();
        var crewCall = await stage.Database.AddCrewCallAsync(job, "sound", element.Id);
        var crew = new List<Mapped>();
        for (var number = 0; number < 3; number++)
        {
            var resource = Guid.NewGuid().ToString();
            var technician = await stage.Database.AddTechnicianAsync(resource, firstName: "Ana", lastName: $"Nr {number}");
            await stage.Database.AssignAsync(job, technician, "SND-FOH-T");
            var line = element.AddContact(resource, Role);
            await stage.Database.AddCrewRowAsync(crewCall, technician, line.Id);
            crew.Add(new Mapped(technician, resource, line));
        }
        return new PlannedJob(job, crewCall, element, crew);
    }

    /// <summary>Makes a drift check, as the timer of a host does.</summary>
    public static Task CheckAsync(RunningHost host) =>
        host.Services.GetRequiredService<IDriftCheck>().RunAsync(host.Services.GetRequiredService<ISyncRuns>(), default);

    public Task CheckAsync() => CheckAsync(stage.Host);

    /// <summary>Job → what drifted in it, by kind; from the rows of the log that are open.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> FoundAsync() =>
        (await stage.LogAsync()).Where(row => row.Status == "drift").ToDictionary(
            row => row.JobId,
            row => string.Join(' ', JsonNode.Parse(row.Errors)!["differences"]!.AsArray().Select(each => (string)each!["kind"]!)));

    /// <summary>All that a check must leave as it is: the rows with the transactions that wrote them, and the lines in Flex.</summary>
    public async Task<IReadOnlyList<string>> WorldAsync()
    {
        var world = new List<string>();
        string[] tables =
        [
            "jobs", "job_assignments", "profiles", "flex_crew_calls", "flex_crew_assignments", "flex_crew_add_intents", "flex_crew_fences",
            "flex_crew_fence_passes", "flex_crew_contacts",
        ];
        foreach (var table in tables)
            world.AddRange(await stage.Database.RowsAsync<string>(
                $"select '{table} ' || t.xmin::text || ' ' || row_to_json(t)::text from public.{table} t order by 1"));
        world.AddRange(stage.Flex.World.CrewCalls.SelectMany(call => call.Lines).Select(line => line.ToString()));
        return world;
    }
}

/// <summary>A job with its sound crew.</summary>
internal sealed record PlannedJob(Guid Job, Guid CrewCall, CrewCall Flex, IReadOnlyList<Mapped> Crew);

/// <summary>A technician with their contact.</summary>
internal sealed record Mapped(Guid Technician, string Resource, FlexLine Line);
