using FlexCrew.Contract;
using FlexCrew.Flex;

namespace FlexCrew.Simulation.Scenarios;

/// <summary>What the world is like before anything happens, and how Flex and the host are set up.</summary>
/// <param name="Technicians">How many there are.</param>
/// <param name="Jobs">How many there are.</param>
/// <param name="Departments">Those that each job has a crew call of.</param>
/// <param name="Sharing">How many crew calls are linked to the first element: the other department of a job, and that of another
/// job.</param>
/// <param name="FaultLevel">The share of requests that go wrong.</param>
/// <param name="Unsupported">Endpoints that Flex does not have.</param>
/// <param name="BulkKey">The key that bulk deletions need; null where Flex knows none.</param>
/// <param name="RefusesOtherKeys">Whether Flex refuses other keys; else it confirms and does nothing.</param>
/// <param name="Settings">How the host is set up.</param>
/// <param name="Hosts">How many hosts there are, each with leases of its own, on one database.</param>
internal sealed record WorldShape(
    int Technicians,
    int Jobs,
    IReadOnlyList<string> Departments,
    int Sharing,
    double FaultLevel,
    IReadOnlyList<FlexListing> Unsupported,
    string? BulkKey,
    bool RefusesOtherKeys,
    FlowSettings Settings,
    int Hosts);

/// <summary>All that happens in one simulation. Everything is made of the seed; a shrunk one leaves some of it out.</summary>
internal sealed record Scenario(int Seed, WorldShape Shape, IReadOnlyList<HappeningAt> Happenings, IReadOnlySet<string>? OnlyFaults = null)
{
    /// <summary>The scenario of a seed.</summary>
    public static Scenario Of(int seed)
    {
        var dice = new Dice(seed);
        string[] departments = dice.Of("departments") < 0.5 ? ["sound"] : ["sound", "lights"];
        var shape = new WorldShape(
            Technicians: 2 + (int)(dice.Of("technicians") * 5),
            Jobs: dice.Of("jobs") < 0.8 ? 1 : 2,
            departments,
            Sharing: departments.Length > 1 && dice.Of("shared") < 0.15 ? dice.OneOf("sharing", 2, 3) : 1,
            FaultLevel: dice.OneOf("faults", 0, 0.03, 0.1, 0.25, 0.5),
            Unsupported: dice.OneOf<FlexListing[]>(
                "unsupported", [], [], [], [FlexListing.RowData], [FlexListing.LineItems], [FlexListing.Children, FlexListing.Single]),
            BulkKey: dice.OneOf("bulk", "lineItemIds", "lineItemId", "ids", null),
            RefusesOtherKeys: dice.Of("refuses") < 0.5,
            FlowSettings.From(new FlexCrewOptions { MaxConcurrentFlexRequests = 1 + (int)(dice.Of("lanes") * 4) }),
            Hosts: dice.Of("hosts") < 0.2 ? 2 : 1);

        var horizon = dice.OneOf("horizon", 3.0, 12, 40);
        var clicks = 1 + (int)(dice.Of("clicks") * 4);
        var others = (int)(dice.Of("others") * 9);
        var commands = Math.Max(0, (int)(dice.Of("commands") * 10) - 4);
        return new Scenario(seed, shape,
        [
            .. Enumerable.Range(0, clicks + others)
                .Select(number => new HappeningAt(
                    dice.Between($"at{number}", 0, horizon),
                    number < clicks ? Happening.Click(dice, number) : Happening.Other(dice, number)))
                .Concat(Enumerable.Range(0, commands).Select(number =>
                    new HappeningAt(dice.Between($"cat{number}", 0, horizon), Happening.Command(dice, number))))
                .OrderBy(happening => happening.At),
        ]);
    }
}

/// <summary>Something that happens after a time.</summary>
internal sealed record HappeningAt(TimeSpan At, Happening What);
