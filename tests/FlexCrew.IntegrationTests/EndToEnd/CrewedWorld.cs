using FlexCrew.IntegrationTests.Database;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.EndToEnd;

/// <summary>
/// A world in which a sync has something to do in each of its steps. People have names, so that two such worlds can be compared.
/// </summary>
internal sealed class CrewedWorld
{
    private readonly Stage stage;
    private readonly Dictionary<Guid, string> names = [];
    private readonly Dictionary<string, string> resources = new(StringComparer.OrdinalIgnoreCase);

    private CrewedWorld(Stage stage, (Guid, CrewCall) crewCall) => (this.stage, CrewCall) = (stage, crewCall);

    public (Guid Id, CrewCall Flex) CrewCall { get; }

    public static async Task<CrewedWorld> MakeAsync(Stage stage)
    {
        var world = new CrewedWorld(stage, await stage.AddCrewCallAsync());
        var flex = world.CrewCall.Flex;
        flex.AddNote("Doors at eight");

        var kept = await world.AddAsync("kept");
        await world.MapAsync(kept, flex.AddContact(kept.Resource, businessRole: "set by hand"));
        var roleless = await world.AddAsync("roleless");
        await world.MapAsync(roleless, flex.AddContact(roleless.Resource));
        flex.AddContact(roleless.Resource);
        var stale = await world.AddAsync("stale");
        await world.MapAsync(stale, new FlexLine(Guid.NewGuid().ToString(), "", ""));
        var unmapped = await world.AddAsync("unmapped");
        flex.AddContact(unmapped.Resource);
        for (var number = 1; number <= 3; number++) await world.AddAsync($"new-{number}");

        var moved = await world.AddAsync("moved");
        var before = flex.AddContact(Guid.NewGuid().ToString());
        world.resources[before.ResourceId!] = "moved (before)";
        await world.MapAsync(moved, before);

        var left = await world.AddAsync("left");
        await world.MapAsync(left, flex.AddContact(left.Resource));
        await stage.UnassignAsync(left.Id);
        var (one, twin) = (await world.AddAsync("one"), await world.AddAsync("twin", sharedWith: "one"));
        var shared = flex.AddContact(one.Resource);
        await world.MapAsync(one, shared);
        await world.MapAsync(twin, shared);
        await stage.UnassignAsync(twin.Id);
        world.resources[flex.AddContact(Guid.NewGuid().ToString()).ResourceId!] = "foreign";
        return world;
    }

    /// <summary>Contacts with their roles, rows with whom they map, intents that are open; in order of names.</summary>
    public async Task<IReadOnlyList<string>> DescribeAsync()
    {
        var contacts = CrewCall.Flex.Lines.Select(line =>
            line.IsContact ? $"contact {resources[line.ResourceId!]}: {line.BusinessRole ?? "no role"}" : $"{line.Type} {line.Name}");
        var rows = (await stage.RowsAsync(CrewCall.Id)).Select(row =>
            $"row {names[row.Technician]}: {(stage.Flex.World.FindLine(row.Line!)?.ResourceId is { } resource ? resources[resource] : "nobody")}");
        var open = (await stage.Database.RowsAsync<Guid>("select technician_id from public.flex_crew_add_intents"))
            .Select(id => $"open {names[id]}");
        return [.. contacts.Concat(rows).Concat(open).Order(StringComparer.Ordinal)];
    }

    /// <summary>What a failure must leave: those who are desired and were there are there, and nobody new is there twice.</summary>
    public async Task AssertUnharmedAsync()
    {
        var world = await DescribeAsync();
        foreach (var name in new[] { "kept", "roleless", "unmapped", "one" })
            Assert.Contains(world, line => line.StartsWith($"contact {name}: ", StringComparison.Ordinal));
        Assert.Contains(world, line => line.StartsWith("contact moved", StringComparison.Ordinal));
        foreach (var name in new[] { "kept", "roleless", "one" })
            Assert.Contains($"row {name}: {name}", world);
        foreach (var name in new[] { "kept", "stale", "unmapped", "one", "moved", "new-1", "new-2", "new-3" })
            Assert.InRange(world.Count(line => line.StartsWith($"contact {name}: ", StringComparison.Ordinal)), 0, 1);
        Assert.Contains("note Doors at eight", world);
    }

    private async Task<(Guid Id, string Resource)> AddAsync(string name, string? sharedWith = null)
    {
        var resource = resources.FirstOrDefault(known => known.Value == sharedWith).Key;
        var one = await stage.AssignAsync(resource: resource);
        names[one.Id] = name;
        resources.TryAdd(one.Resource, name);
        return one;
    }

    private Task MapAsync((Guid Id, string Resource) one, FlexLine line) =>
        stage.Database.AddCrewRowAsync(CrewCall.Id, one.Id, line.Id);
}
