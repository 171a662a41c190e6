using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Planning;

/// <summary>
/// Plans a command for one person, by the function that plans a sync: of a world in which that person alone should be on the crew call, or
/// nobody should. Of that plan it keeps what concerns the person. Pure.
/// </summary>
internal sealed class PersonPlanner(CrewWorld world, IElementOwnership ownership, PersonCommand command)
{
    private readonly string? resource = ResourceIds.Clean(world.Person?.FlexResourceId);
    private readonly List<CrewRow> own = [.. world.Rows.Where(row => row.TechnicianId == command.TechnicianId)];

    /// <summary>Makes the plan.</summary>
    /// <param name="prunes">Whether second contacts of the person go too.</param>
    public CrewPlan Make(bool prunes) => command.Action == PersonAction.Add ? Add(prunes) : Remove(prunes);

    private CrewPlan Add(bool prunes)
    {
        if (resource is null) return Nothing($"tech {command.TechnicianId}: the profile has no Flex resource id, so it cannot be added");

        var assigned = world.Desired.Contacts.SelectMany(contact => contact.Technicians)
            .FirstOrDefault(technician => technician.TechnicianId == command.TechnicianId);
        var wanted = new DesiredContact(resource, [assigned ?? new DesiredTechnician(command.TechnicianId, null)]);
        var plan = Of(new DesiredCrew([wanted], [], []), prunes);
        return plan with
        {
            Deletions = prunes ? [.. plan.Deletions.Where(second => second.Reason == DeletionReason.Duplicate && IsOnlyOurs(second))] : [],
            StaleRows = [.. plan.StaleRows.Where(stale => own.Contains(stale.Row))],
            LeftoverRows = [],
            Replaced = [],
            LineItemId = plan.Kept > 0 ? own[0].LineItemId : null,
        };
    }

    /// <summary>
    /// The contact that the person's row maps and those of their resource go, unless somebody else's row maps them too. A contact that no
    /// row maps goes only where FlexCrew placed it. The person's rows go with the contacts, or alone where there are none.
    /// </summary>
    private CrewPlan Remove(bool prunes)
    {
        var plan = Of(new DesiredCrew([], [], []), prunes || own.Count > 0);
        var contacts = plan.Deletions.Where(contact => IsOfPerson(contact.LineItemId, contact.ResourceId) && IsOnlyOurs(contact))
            .Select(contact => contact with { Reason = DeletionReason.TakenOff, Rows = own })
            .ToList();
        return Nothing(own.Count > 0 && contacts.Count == 0 ? WhyOnlyTheRow() : null) with
        {
            Deletions = contacts,
            LeftoverRows = contacts.Count > 0 ? [] : [.. own.Select(row => new RowDeletion(row, Leaves: true, IsTakenOff: true))],
        };
    }

    private CrewPlan Of(DesiredCrew desired, bool prunes) =>
        CrewPlan.Of(world with { Desired = desired }, ownership, new PlanOptions(prunes));

    private CrewPlan Nothing(string? why) => new()
    {
        Rows = world.Rows.Count,
        Listed = world.Contacts.Count,
        Diagnostics = why is null ? world.Diagnostics : [.. world.Diagnostics, why],
    };

    private string WhyOnlyTheRow() => world.Contacts.Any(contact => IsOfPerson(contact.LineItemId, contact.ResourceId))
        ? $"tech {command.TechnicianId}: only the row was removed, since somebody else has the same contact"
        : $"tech {command.TechnicianId}: Flex has no contact of this technician any more, so that only the row was removed";

    private bool IsOfPerson(string line, string? contactResource) =>
        FlexIds.Same(contactResource, resource)
        || (own.Exists(row => FlexIds.Same(row.LineItemId, line)) && !IsWantedByAnother(contactResource));

    private bool IsWantedByAnother(string? contactResource) => world.Desired.Contacts.Any(contact =>
        FlexIds.Same(contact.ResourceId, contactResource)
        && contact.Technicians.Any(technician => technician.TechnicianId != command.TechnicianId));

    private bool IsOnlyOurs(ContactDeletion contact) =>
        world.Rows.All(row => own.Contains(row) || !FlexIds.Same(row.LineItemId, contact.LineItemId));
}
