using FlexCrew.Planning;
using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Scenarios;

/// <summary>Something that happens from the outside.</summary>
/// <param name="Name">What it is called in a trace.</param>
/// <param name="Do">What it does.</param>
internal sealed record Happening(string Name, Action<World> Do)
{
    /// <summary>Somebody clicks.</summary>
    public static Happening Click(Dice dice, int number)
    {
        var prunes = dice.Of($"prunes{number}") < 0.75;
        var (job, departments) = (dice.Of($"job{number}"), dice.Of($"both{number}"));
        return new($"click {number}", world =>
        {
            var shape = world.Shape;
            var chosen = departments < 0.4
                ? shape.Departments : [shape.Departments[(int)((departments - 0.4) / 0.6 * shape.Departments.Count)]];
            world.Syncs.Start($"click{number}", Setting.Job((int)(job * shape.Jobs)), chosen, prunes);
        });
    }

    /// <summary>The web app calls manage-flex-crew-assignments: one person is placed or taken off, assigned or not.</summary>
    public static Happening Command(Dice dice, int number)
    {
        var (job, department, technician) = (dice.Of($"cjob{number}"), dice.Of($"cdepartment{number}"), dice.Of($"ctechnician{number}"));
        var action = dice.Of($"caction{number}") < 0.5 ? PersonAction.Add : PersonAction.Remove;
        return new($"command {number}", world => world.Syncs.Start(
            $"command{number}",
            Setting.Job((int)(job * world.Shape.Jobs)),
            [world.Shape.Departments[(int)(department * world.Shape.Departments.Count)]],
            prunes: false,
            new PersonCommand(world.Database.Profiles[(int)(technician * world.Shape.Technicians)].Id, action)));
    }

    /// <summary>Somebody edits the tables or Flex by hand, or a process dies.</summary>
    public static Happening Other(Dice dice, int number)
    {
        var edit = new Edit(dice.Of($"one{number}"), dice.Of($"two{number}"), dice.Of($"three{number}"));
        return (int)(dice.Of($"kind{number}") * 16) switch
        {
            0 or 1 => new("assign", edit.Assign),
            2 or 3 => new("unassign", edit.Unassign),
            4 => new("role change", edit.ChangeRole),
            5 => new("contact deleted by hand", edit.DeleteContact),
            6 => new("contact added by hand", edit.AddContact),
            7 => new("role set by hand", edit.SetRole),
            8 => new("crew call re-pointed", edit.Repoint),
            9 => new("resource id lost or found", edit.ToggleResource),
            10 => new("resource id changed", edit.ChangeResource),
            11 or 12 => new("worker dies", world => world.Syncs.KillStep((int)(edit.One * 100))),
            13 => new("sync dies", world => world.Syncs.Kill((int)(edit.One * 100))),
            14 => new("host restarts", world => world.Syncs.Restart((int)(edit.One * 100))),
            _ => new("another writer places somebody", edit.PlaceByAnotherWriter),
        };
    }
}
