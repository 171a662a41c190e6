using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Scenarios;

/// <summary>The world as it is found: partly in order, partly not.</summary>
internal static class Setting
{
    public static Guid Job(int number) => new($"99999999-0000-0000-0000-{number + 1:D12}");

    public static string ResourceOf(int technician) => $"res-{technician}";

    public static void SetUp(World world)
    {
        var (shape, tables, dice) = (world.Shape, world.Database, world.Dice);
        for (var number = 0; number < shape.Technicians; number++)
        {
            var luck = dice.Of($"profile{number}");
            tables.Profiles.Add(new Profile(
                new Guid($"00000000-0000-0000-0000-{number + 1:D12}"),
                luck < 0.08 ? null : luck < 0.16 ? ResourceOf(0) : ResourceOf(number),
                luck > 0.9 ? "lights" : null));
        }

        foreach (var job in Enumerable.Range(0, shape.Jobs))
        {
            foreach (var department in shape.Departments)
            {
                var number = tables.CrewCalls.Count + 1;
                tables.CrewCalls.Add(new CrewCall(
                    new Guid($"cccccccc-0000-0000-0000-{number:D12}"),
                    new Key(Job(job), department),
                    $"element-{(number <= shape.Sharing ? 1 : number)}"));
            }

            Assign(world, job);
        }

        foreach (var call in tables.CrewCalls) Crew(world, call);
        world.Desires.Update();
    }

    private static void Assign(World world, int job)
    {
        foreach (var profile in world.Database.Profiles)
        {
            var name = $"assigned{job}{profile.Id}";
            var luck = world.Dice.Of(name);
            if (luck > 0.75) continue;
            var role = world.Dice.OneOf(name + "role", "SND-PA-R", "SND-RF-E", "SND-PA-T", "odd");
            world.Database.Assignments.Add(
                new Assignment(Job(job), profile.Id, luck < 0.6 ? role : null, luck is < 0.2 or > 0.6 ? role : null));
            if (luck < 0.08) world.Database.Assignments.Add(new Assignment(Job(job), profile.Id, "SND-PA-T", null));
        }
    }

    private static void Crew(World world, CrewCall call)
    {
        foreach (var profile in world.Database.Profiles)
        {
            var luck = world.Dice.Of($"crew{call.Id}{profile.Id}");
            var contact = luck < 0.5 && profile.ResourceId is { } resource
                ? world.Flex.Add(call.Element, resource, world.Now, by: null) : null;
            if (luck < 0.3 && contact is not null) Map(contact.Id);
            else if (luck is > 0.5 and < 0.57) Map("line-gone");
            else if (luck is > 0.57 and < 0.62) Map(null);
            if (luck < 0.1 && contact is not null) world.Flex.Add(call.Element, contact.Resource, world.Now, by: null);

            void Map(string? line)
            {
                world.Database.Insert(call.Id, profile.Id, line);
                if (line is null) return;
                world.Judge.Foreigners.MappedByOthers(call.Id, line);
            }
        }

        if (world.Dice.Of($"stranger{call.Id}") < 0.4) world.Flex.Add(call.Element, "res-stranger", world.Now, by: null);
    }
}
