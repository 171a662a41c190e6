using FlexCrew.Contract;
using FlexCrew.Database;
using FlexCrew.Flex;
using FlexCrew.Planning;

namespace FlexCrew.Sync;

/// <summary>Tells a plan to people: who would be added, removed, and given which role, by name.</summary>
internal static class PlanInWords
{
    public static SyncPlan Of(CrewPlan plan, IReadOnlyList<PersonRow> people) =>
        new([.. Adds(plan, people)], [.. Removals(plan, people)], [.. Roles(plan, people)]);

    private static IEnumerable<PlannedAdd> Adds(CrewPlan plan, IReadOnlyList<PersonRow> people) =>
        from addition in plan.Additions
        from technician in addition.Technicians
        select new PlannedAdd(
            technician.TechnicianId, Name(people, technician.TechnicianId), addition.ResourceId, addition.Existing?.LineItemId);

    /// <summary>
    /// Contacts that would be deleted, then rows without one. A contact that the table does not map has the name of whose resource it is.
    /// </summary>
    private static IEnumerable<PlannedRemoval> Removals(CrewPlan plan, IReadOnlyList<PersonRow> people)
    {
        foreach (var contact in plan.Deletions.Concat(plan.Replaced))
        {
            var owner = contact.Rows.Select(row => (Guid?)row.TechnicianId).FirstOrDefault();
            var name = owner is { } id
                ? Name(people, id)
                : people.FirstOrDefault(person => FlexIds.Same(ResourceIds.Clean(person.FlexResourceId), contact.ResourceId))?.Name;
            yield return new PlannedRemoval(contact.LineItemId, contact.ResourceId, owner, name, Reason(contact.Reason));
        }

        foreach (var row in plan.StaleRows.Where(row => row.Leaves).Concat(plan.LeftoverRows).Select(deletion => deletion.Row))
            yield return new PlannedRemoval(row.LineItemId, null, row.TechnicianId, Name(people, row.TechnicianId), "not desired");
    }

    private static IEnumerable<PlannedRole> Roles(CrewPlan plan, IReadOnlyList<PersonRow> people) =>
        from role in plan.Additions
            .Where(addition => addition.Existing is null or { BusinessRole: "" })
            .Select(addition => addition.Role)
            .OfType<RoleAssignment>()
            .Concat(plan.Roles)
        select new PlannedRole(role.TechnicianId, Name(people, role.TechnicianId), role.Tier, role.RoleId);

    private static string? Name(IReadOnlyList<PersonRow> people, Guid technician) =>
        people.FirstOrDefault(person => person.TechnicianId == technician)?.Name;

    private static string Reason(DeletionReason reason) => reason switch
    {
        DeletionReason.Duplicate => "duplicate",
        DeletionReason.Replaced or DeletionReason.ReplacedDuplicate => "resource id changed",
        _ => "not desired",
    };
}
