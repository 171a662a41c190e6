using FlexCrew.Simulation.Modelling;
using FlexCrew.Simulation.Running;

namespace FlexCrew.Simulation.Promises;

/// <summary>
/// P8, without pruning no contact goes that FlexCrew neither placed nor found mapped, nor when a command takes somebody off whom no row
/// maps; and no role is overwritten that somebody set by hand.
/// </summary>
internal sealed class Foreigners(World world, Judge judge)
{
    private readonly HashSet<string> mapped = [];
    private readonly HashSet<string> takenForOurs = [];
    private readonly HashSet<string> adopted = [];
    private readonly Dictionary<string, (Guid CrewCall, DateTimeOffset At)> mappedByOthers = [];

    /// <summary>
    /// Somebody places a contact by hand. While FlexCrew has begun to add the same resource and does not know whether it was added, nobody
    /// can tell whose contact that is.
    /// </summary>
    public void PlacedByHand(string element, Line line)
    {
        if (IsBegun(element, line.Resource)) takenForOurs.Add(line.Id);
    }

    /// <summary>FlexCrew maps a technician to a contact.</summary>
    public void Mapped(Guid crewCall, string line)
    {
        mapped.Add($"{crewCall}/{line}");
        if (!mappedByOthers.ContainsKey(line)) adopted.Add(line);
    }

    /// <summary>
    /// A run takes a contact for its own that it did not see being added: an empty listing had misled it, or it is the only one of its
    /// resource after an add had been begun, which may have been applied.
    /// </summary>
    public void TakenForOurs(string line) => takenForOurs.Add(line);

    /// <summary>The table maps a technician to a contact, and FlexCrew did not do it.</summary>
    public void MappedByOthers(Guid crewCall, string line)
    {
        mapped.Add($"{crewCall}/{line}");
        mappedByOthers[line] = (crewCall, world.Now);
    }

    /// <summary>
    /// Whether a contact may stay in a shared element for ever: FlexCrew did not place it, and no crew call of the element ever mapped it,
    /// or only one that is linked to another element by now, or FlexCrew adopted it before another program mapped it. So may one of which
    /// the tables do not say that FlexCrew placed it, where another contact of its resource was added late, or by hand, or because a
    /// listing was empty that should not have been: nobody can tell which of them is whose.
    /// </summary>
    public bool MayStay(string element, Line line) => line.MadeBy is not null
        ? !world.Database.Contacts.GetValueOrDefault((element, line.Id))
            && world.Flex.EverOf(element).Any(same =>
                same.Resource == line.Resource && (same.MadeBy is null or { IsLate: true } or { Misled: true }))
        : adopted.Contains(line.Id)
            || !mappedByOthers.TryGetValue(line.Id, out var by)
            || world.Database.CrewCalls.Find(call => call.Id == by.CrewCall)?.Element != element;

    /// <summary>When somebody other than FlexCrew mapped a technician to the contact; null when nobody else did.</summary>
    public DateTimeOffset? MappedByOthersAt(string line) => mappedByOthers.TryGetValue(line, out var by) ? by.At : null;

    /// <summary>A run deleted a contact.</summary>
    public void Deleted(FlexWrite write, Line line)
    {
        var run = write.By.Run;
        if (run.PersonRows.Count > 0) return;
        if (run.MayPrune || line.MadeBy is not null || mappedByOthers.ContainsKey(line.Id) || takenForOurs.Contains(line.Id)) return;
        var call = world.Database.Find(run.Key);
        if (call is not null && IsBegun(call.Element, line.Resource)
            && !world.Flex.Of(call.Element).Exists(same => same.Resource == line.Resource)) return;
        if (call is not null && !(run.Prunes && mapped.Contains($"{call.Id}/{line.Id}")))
            judge.Broken(
                "P8", $"{write.Name} deletes {line.Id} of {line.Resource}, which somebody placed by hand, without being told to prune");
    }

    /// <summary>A run is about to set a role.</summary>
    public void SettingRole(FlexWrite write, Line line)
    {
        var evidence = write.By.RolesListedAt ?? write.By.Run.FirstListedAt;
        if (line.Role.Length > 0 && line.RoleByHand <= evidence && !write.IsLate && !write.Misled)
            judge.Broken("P8", $"{write.Name} overwrites the role of {line.Id} that was set by hand");
    }

    // FlexCrew has begun to add the resource, and has not seen whether it was added: the only contact of it may be that one.
    private bool IsBegun(string element, string resource) =>
        world.Database.Intents.Keys.Any(intent => intent.Resource == resource && intent.Element == element);
}
