using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Promises;

/// <summary>
/// P4, nobody is there twice. A second contact in Flex is allowed only where no client could know better: Flex commits
/// one of the two late, somebody places the other by hand after the listing, or a listing lies about the crew being empty.
/// </summary>
internal sealed class Duplicates(World world, Judge judge)
{
    /// <summary>Flex is about to add a contact.</summary>
    public void Adding(FlexWrite write, string element, string resource)
    {
        if (write.IsLate || write.Misled) return;
        foreach (var line in world.Flex.Of(element))
        {
            if (line.Resource != resource) continue;
            var couldNotBeSeen = line.Since > write.Evidence && (line.MadeBy is not { } maker || maker.IsLate);
            if (!couldNotBeSeen)
                judge.Broken("P4", $"{write.Name} adds {resource} to {element}, which has it since {line.Since:mm:ss.fff} ({line.Id}, {line.MadeBy?.Name ?? "by hand"})");
        }
    }

    /// <summary>A technician has just been mapped.</summary>
    public void Mapped(Guid crewCall, Guid technician)
    {
        if (world.Database.RowsOf(crewCall).Count(row => row.TechnicianId == technician) > 1)
            judge.Broken("P4", $"technician {technician.ToString("N")[^2..]} has two rows");
    }
}
