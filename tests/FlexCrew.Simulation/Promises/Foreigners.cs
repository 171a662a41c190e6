using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Promises;

/// <summary>P8, without pruning no contact goes that the table never mapped; and no role is overwritten that somebody set by hand.</summary>
internal sealed class Foreigners(World world, Judge judge)
{
    private readonly HashSet<string> mapped = [];

    public void Mapped(Guid crewCall, string line) => mapped.Add($"{crewCall}/{line}");

    /// <summary>A run deleted a contact.</summary>
    public void Deleted(FlexWrite write, Line line)
    {
        var call = world.Database.Find(write.By.Run.Key);
        if (!write.By.Run.MayPrune && call is not null && !mapped.Contains($"{call.Id}/{line.Id}"))
            judge.Broken("P8", $"{write.Name} deletes {line.Id} of {line.Resource}, which the table never mapped, without being told to prune");
    }

    /// <summary>A run is about to set a role.</summary>
    public void SettingRole(FlexWrite write, Line line)
    {
        var evidence = write.By.RolesListedAt ?? write.By.Run.FirstListedAt;
        if (line.Role.Length > 0 && line.RoleByHand <= evidence && !write.IsLate && !write.Misled)
            judge.Broken("P8", $"{write.Name} overwrites the role of {line.Id} that was set by hand");
    }
}
