using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Scenarios;

/// <summary>Edits of the world by somebody else. Three numbers from 0 up to 1 choose what they are made to.</summary>
internal sealed record Edit(double One, double Two, double Three)
{
    private static readonly string[] Roles = ["SND-PA-R", "SND-RF-E", "SND-PA-T", "SND-X"];

    public void Assign(World world)
    {
        var both = Three < 0.3;
        var role = Of(Roles, Three);
        var sound = both || Three < 0.65;
        world.Database.Assignments.Add(new Assignment(
            Job(world), Technician(world), sound ? role : null, both || !sound ? role : null));
        world.Desires.Update();
        world.Note("somebody", $"assigns {Show(Technician(world))} to {(both ? "both" : sound ? "sound" : "lights")}");
    }

    public void Unassign(World world)
    {
        if (world.Database.Assignments.Count == 0) return;
        var assignment = Of(world.Database.Assignments, One);
        world.Database.Assignments.RemoveAll(other => other.Job == assignment.Job && other.Technician == assignment.Technician);
        world.Desires.Update();
        world.Note("somebody", $"unassigns {Show(assignment.Technician)}");
    }

    public void ChangeRole(World world)
    {
        if (world.Database.Assignments.Count == 0) return;
        var at = (int)(One * world.Database.Assignments.Count);
        var assignment = world.Database.Assignments[at];
        world.Database.Assignments[at] = Three < 0.5
            ? assignment with { Sound = Of(Roles, Two) }
            : assignment with { Sound = assignment.Lights, Lights = assignment.Sound };
        world.Desires.Update();
        world.Note("somebody", $"changes the role of {Show(assignment.Technician)}");
    }

    public void DeleteContact(World world)
    {
        if (Contact(world) is not var (element, line)) return;
        world.Flex.Remove(element, line, world.Now);
        world.Judge.Losses.Deleted(element, line.Resource);
        world.Note("somebody", $"deletes {line.Id} of {line.Resource} in {element}");
    }

    public void AddContact(World world)
    {
        var element = Of(world.Database.CrewCalls, One).Element;
        var resource = Two < 0.3 ? "res-stranger" : world.Database.Profiles[(int)(Three * world.Shape.Technicians)].ResourceId;
        if (resource is null) return;
        var line = AddByHand(world, element, resource);
        if (Two > 0.6) (line.Role, line.RoleByHand) = ("role-by-hand", world.Now);
        world.Note("somebody", $"adds {line.Id} of {resource} in {element}");
    }

    /// <summary>Another program, which knows neither lease nor fence, places somebody who is assigned and maps them.</summary>
    public void PlaceByAnotherWriter(World world)
    {
        var call = Of(world.Database.CrewCalls, One);
        var missing = world.Desires.Of(call.Key)
            .Where(one => world.Database.RowsOf(call.Id).All(row => row.TechnicianId != one.Technician)).ToList();
        if (missing.Count == 0)
        {
            MapSomebodyWithoutResource(world, call);
            return;
        }

        var (technician, resource) = Of(missing, Two);
        var line = AddByHand(world, call.Element, resource);
        world.Note("another writer", $"adds {line.Id} of {resource} in {call.Element}");
        MapSoon(world, call, technician, line.Id);
    }

    // Somebody without a resource id, who is assigned for it where they are not yet: best to a contact that the next sync would delete.
    private void MapSomebodyWithoutResource(World world, CrewCall call)
    {
        var unmapped = world.Database.Profiles.FindAll(profile =>
            profile.ResourceId is null && world.Database.RowsOf(call.Id).All(row => row.TechnicianId != profile.Id));
        var wanted = world.Desires.Of(call.Key).Select(one => one.Resource).ToHashSet();
        var lines = world.Flex.Of(call.Element).OrderBy(line => wanted.Contains(line.Resource)).ToList();
        if (unmapped.Count == 0 || lines.Count == 0) return;
        var technician = Of(unmapped, Two).Id;
        world.Database.Assignments.Add(new Assignment(call.Key.Job, technician, "SND-PA-T", "LGT-PA-T"));
        world.Desires.Update();
        world.Note("another writer", $"assigns {Show(technician)}");
        MapSoon(world, call, technician, lines[0].Id);
    }

    private void MapSoon(World world, CrewCall call, Guid technician, string line) =>
        world.Scheduler.After(TimeSpan.FromSeconds(Three), () =>
        {
            if (world.Database.RowsOf(call.Id).Any(row => row.TechnicianId == technician)) return;
            world.Database.Insert(call.Id, technician, line);
            world.Judge.Foreigners.MappedByOthers(call.Id, line);
            world.Note("another writer", $"maps {Show(technician)} to {line}");
        });

    public void SetRole(World world)
    {
        if (Contact(world) is not var (element, line)) return;
        line.Role = Three < 0.3 ? "" : "role-by-hand";
        line.RoleByHand = world.Now;
        world.Note("somebody", $"sets the role of {line.Id} in {element} to \"{line.Role}\"");
    }

    public void Repoint(World world)
    {
        var at = (int)(One * world.Database.CrewCalls.Count);
        var call = world.Database.CrewCalls[at];
        world.Database.CrewCalls[at] = call with { Element = call.Element + "'" };
        world.Desires.Update();
        world.Note("somebody", $"points {call.Key} to {call.Element}'");
    }

    public void ToggleResource(World world)
    {
        var at = (int)(One * world.Shape.Technicians);
        var profile = world.Database.Profiles[at];
        SetResource(world, at, profile.ResourceId is null ? Setting.ResourceOf(at) : null);
    }

    public void ChangeResource(World world)
    {
        var at = (int)(One * world.Shape.Technicians);
        SetResource(world, at, Two < 0.3 ? Setting.ResourceOf((int)(Three * world.Shape.Technicians)) : $"{Setting.ResourceOf(at)}-new");
    }

    private static void SetResource(World world, int at, string? resource)
    {
        world.Database.Profiles[at] = world.Database.Profiles[at] with { ResourceId = resource };
        world.Desires.Update();
        world.Judge.Answers.ResourceChanged(world.Database.Profiles[at].Id);
        world.Note("somebody", $"gives {Show(world.Database.Profiles[at].Id)} the resource {resource ?? "none"}");
    }

    private static Line AddByHand(World world, string element, string resource)
    {
        var line = world.Flex.Add(element, resource, world.Now, by: null);
        world.Judge.Foreigners.PlacedByHand(element, line);
        return line;
    }

    private (string Element, Line Line)? Contact(World world)
    {
        var element = Of(world.Database.CrewCalls, One).Element;
        var lines = world.Flex.Of(element);
        return lines.Count == 0 ? null : (element, Of(lines, Two));
    }

    private Guid Job(World world) => Setting.Job((int)(One * world.Shape.Jobs));

    private Guid Technician(World world) => world.Database.Profiles[(int)(Two * world.Shape.Technicians)].Id;

    private static T Of<T>(IReadOnlyList<T> list, double where) => list[(int)(where * list.Count)];

    private static string Show(Guid technician) => $"technician {technician.ToString("N")[^1]}";
}
