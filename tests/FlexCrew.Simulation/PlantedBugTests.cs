using FlexCrew.Simulation.Planted;
using FlexCrew.Simulation.Scenarios;
using Xunit.Abstractions;

namespace FlexCrew.Simulation;

/// <summary>The search is worth what it finds: each kind of bug is planted, and found within a few hundred seeds.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const int AtMost = 2_000;

    public static TheoryData<string> Bugs => [.. Enum.GetNames<PlantedBug>().Skip(1)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Is_found(string name)
    {
        var planted = Enum.Parse<PlantedBug>(name);
        var seed = Search.FirstBreach(1, AtMost, planted);
        Assert.True(seed is not null, $"{name} is not found by {AtMost} seeds");
        output.WriteLine($"{name}: {Report.Of(seed.Value, planted)}");
        Assert.Null(Simulation.Run(Scenario.Of(seed.Value)).Breach);
    }
}
