using FlexCrew.Flex;
using FlexCrew.Planning;

namespace FlexCrew.Drift;

/// <summary>Turns the plan of a sync into a list of differences: one for each thing that the sync would change. Pure.</summary>
internal static class PlanAsDifferences
{
    /// <summary>The differences, each once, in an order that depends on nothing but themselves.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="contacts">What Flex listed.</param>
    public static IReadOnlyList<DriftDifference> Of(CrewPlan plan, IReadOnlyList<FlexContact> contacts) =>
    [
        .. Contacts(plan.Deletions.Concat(plan.Replaced)).Concat(Rows(plan, contacts)).Concat(Missing(plan)).Concat(Roles(plan))
            .Distinct()
            .OrderBy(each => each.Kind, StringComparer.Ordinal)
            .ThenBy(each => each.TechnicianId)
            .ThenBy(each => each.LineItemId, StringComparer.Ordinal)
            .ThenBy(each => each.ResourceId, StringComparer.Ordinal),
    ];

    private static IEnumerable<DriftDifference> Contacts(IEnumerable<ContactDeletion> deletions) =>
        from contact in deletions
        let kind = contact.Reason switch
        {
            DeletionReason.NotDesired => "not_desired",
            DeletionReason.Duplicate => "duplicate",
            _ => "other_resource",
        }
        from technician in contact.Rows.Select(row => (Guid?)row.TechnicianId).DefaultIfEmpty()
        select new DriftDifference(kind, technician, contact.LineItemId, contact.ResourceId);

    // A row is stale because its contact is gone, or because its technician has another one.
    private static IEnumerable<DriftDifference> Rows(CrewPlan plan, IReadOnlyList<FlexContact> contacts) =>
        plan.StaleRows
            .Select(stale => (stale.Row, Kind: IsGone(stale.Row.LineItemId, contacts) ? "contact_gone" : "duplicate_row"))
            .Concat(plan.LeftoverRows.Select(left => (left.Row, Kind: "not_desired")))
            .Select(each => new DriftDifference(each.Kind, each.Row.TechnicianId, each.Row.LineItemId));

    private static bool IsGone(string? lineItem, IReadOnlyList<FlexContact> contacts) =>
        lineItem is not null && !contacts.Any(contact => FlexIds.Same(contact.LineItemId, lineItem));

    // Technicians to be added or mapped, except those whose row is stale or maps another resource: these are told of already.
    private static IEnumerable<DriftDifference> Missing(CrewPlan plan) =>
        from addition in plan.Additions
        from technician in addition.Technicians
        select addition.Existing is { } existing
            ? new DriftDifference("not_in_table", technician.TechnicianId, existing.LineItemId, addition.ResourceId)
            : new DriftDifference("missing_in_flex", technician.TechnicianId, null, addition.ResourceId);

    private static IEnumerable<DriftDifference> Roles(CrewPlan plan) =>
        plan.Roles.Select(role => new DriftDifference("role_missing", role.TechnicianId, role.LineItemId));
}
