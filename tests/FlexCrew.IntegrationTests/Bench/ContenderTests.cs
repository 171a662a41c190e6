using FlexCrew.Bench.Contenders;
using FlexCrew.Bench.Sequential;
using FlexCrew.Bench.Simulator;
using FlexCrew.Bench.Worlds;
using FlexCrew.IntegrationTests.Database;
using FlexSimulator;
using BenchStage = FlexCrew.Bench.Worlds.Stage;

namespace FlexCrew.IntegrationTests.Bench;

/// <summary>The two that the benchmark compares FlexCrew with do their work: else its figures would flatter or shame for nothing.</summary>
public sealed class ContenderTests : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private FlexSimulatorServer simulator = null!;
    private TestDatabase database = null!;
    private SimulatorControl flex = null!;
    private BenchStage stage = null!;

    public static TheoryData<string> Scenarios =>
        [.. Scenario.All.Where(scenario => scenario.Clicks == 1).Select(scenario => scenario.Name)];

    private Uri Flex => new(simulator.BaseUrl + "/");

    public async Task InitializeAsync()
    {
        simulator = await FlexSimulatorServer.StartAsync();
        database = await PostgresServer.CreateDatabaseAsync(SchemaKind.Migrated);
        flex = new SimulatorControl(http, Flex);
        stage = new BenchStage(database.Source, flex);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        await simulator.DisposeAsync();
        http.Dispose();
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_sequential_client_leaves_the_right_world(string scenario)
    {
        var world = await stage.SetAsync(Scenario.Named(scenario));

        await (await SequentialAsync()).RunAsync(world);

        Assert.Empty(await stage.WrongsAsync(world, withTable: true));
    }

    [Fact]
    public async Task The_sequential_client_sends_one_request_after_another_and_no_more_than_it_must()
    {
        simulator.Behaviour.Latency = TimeSpan.FromMilliseconds(5);
        var world = await stage.SetAsync(Scenario.Named("usual-click"));

        await (await SequentialAsync()).RunAsync(world);

        var counts = await flex.CountAsync();
        Assert.Equal((2, 2, 2, 1), (counts.Reads, counts.Adds, counts.Roles, counts.Deletions));
        Assert.Equal(1, counts.PeakConcurrency);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_ideal_leaves_the_right_Flex_by_the_fewest_requests_below_its_ceiling(string scenario)
    {
        var world = await stage.SetAsync(Scenario.Named(scenario));
        using var ideal = new IdealContender(http, Flex, ceiling: 5);

        await ideal.RunAsync(world);

        Assert.Empty(await stage.WrongsAsync(world, withTable: false));
        var counts = await flex.CountAsync();
        Assert.Equal(world.CrewCalls.Sum(FewestRequests), counts.Requests);
        Assert.InRange(counts.PeakConcurrency, 1, 5);
    }

    [Fact]
    public async Task Ten_clicks_at_once_make_the_sequential_client_add_people_twice_which_is_told()
    {
        simulator.Behaviour.Latency = TimeSpan.FromMilliseconds(50);
        var world = await stage.SetAsync(Scenario.Named("ten-clicks"));

        await (await SequentialAsync()).RunAsync(world);

        var wrongs = await stage.WrongsAsync(world, withTable: true);
        Assert.Contains(wrongs, wrong => wrong.EndsWith("twice in Flex", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_world_in_which_nobody_has_clicked_is_wrong_in_every_way()
    {
        var world = await stage.SetAsync(Scenario.Named("usual-click"));

        Assert.Equal(
            ["2 missing in Flex", "1 too many in Flex", "2 missing in the table", "1 too many in the table"],
            await stage.WrongsAsync(world, withTable: true));
    }

    [Fact]
    public async Task A_world_that_is_removed_leaves_nothing_behind()
    {
        var world = await stage.SetAsync(Scenario.Named("two-departments"));

        await stage.RemoveAsync(world);

        Assert.Empty(simulator.World.CrewCalls);
        Assert.Equal(0, await database.ScalarAsync<long>(
            """
            select (select count(*) from public.jobs) + (select count(*) from public.profiles)
                 + (select count(*) from public.job_assignments) + (select count(*) from public.flex_crew_calls)
                 + (select count(*) from public.flex_crew_assignments)
            """));
    }

    [Theory]
    [InlineData("faults")]
    [InlineData("rate-limited")]
    [InlineData("at-most-30")]
    [InlineData("room-for-ten")]
    public async Task The_simulator_understands_each_trouble_and_forgets_it_again(string trouble)
    {
        await flex.BehaveAsync(TimeSpan.FromMilliseconds(150), Trouble.Named(trouble));
        Assert.Equal(trouble == "faults" ? 5 : 0, simulator.Faults.Placed.Count);
        Assert.Equal(trouble == "rate-limited", simulator.Behaviour.RateLimit is not null);
        Assert.Equal(trouble switch { "at-most-30" => 30, "room-for-ten" => 10, _ => null }, simulator.Behaviour.MaxConcurrency);
        Assert.Equal(TimeSpan.FromMilliseconds(150), simulator.Behaviour.Latency);

        await flex.BehaveAsync(TimeSpan.Zero, Trouble.None);
        Assert.Empty(simulator.Faults.Placed);
        Assert.Null(simulator.Behaviour.RateLimit);
        Assert.Null(simulator.Behaviour.MaxConcurrency);
    }

    /// <summary>A listing, an add for each who joins with a role where the department has one, and a bulk deletion.</summary>
    private static long FewestRequests(BenchCrewCall crewCall) =>
        1 + crewCall.Join.Count * (crewCall.Department == Department.Sound ? 2 : 1) + Math.Min(1, crewCall.Leave.Count);

    private async Task<SequentialContender> SequentialAsync()
    {
        var manager = await database.AddTechnicianAsync(role: "management");
        return new SequentialContender(new SequentialSync(new SequentialTable(database.Source), new SequentialFlex(http, Flex)), manager);
    }
}
