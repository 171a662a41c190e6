using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Sync;

/// <summary>Who should be on a crew call. Pure.</summary>
internal static class DesiredCrew
{
    /// <summary>
    /// The desired contacts of a department, in the order of the assignments, and who cannot be synced.
    /// A technician counts whose role column of the department is set, or whose profile's department it is.
    /// </summary>
    public static (IReadOnlyList<DesiredContact> Contacts, IReadOnlyList<string> Diagnostics) Of(
        IEnumerable<AssignmentRow> assignments, string department)
    {
        var technicians = assignments
            .Where(row => RoleIn(row, department) is not null || row.ProfileDepartment == department)
            .GroupBy(row => row.TechnicianId)
            .Select(rows => (Id: rows.Key, Resource: rows.First().FlexResourceId?.Trim(), Role: HighestRole(rows, department)))
            .ToList();

        var contacts = technicians
            .Where(technician => !string.IsNullOrEmpty(technician.Resource))
            .GroupBy(technician => technician.Resource!, FlexIds.Comparer)
            .Select(sharing => new DesiredContact(
                sharing.Key, [.. sharing.Select(technician => new DesiredTechnician(technician.Id, technician.Role))]))
            .ToList();

        return (contacts,
        [
            .. technicians
                .Where(technician => string.IsNullOrEmpty(technician.Resource))
                .Select(technician => $"tech {technician.Id}: the profile has no Flex resource id, so it cannot be on the crew call"),
            .. contacts
                .Where(contact => contact.Technicians.Count > 1)
                .Select(contact => $"techs {string.Join(", ", contact.Technicians.Select(technician => technician.TechnicianId))} share the Flex resource {contact.ResourceId}: one contact for all of them"),
        ]);
    }

    private static string? RoleIn(AssignmentRow row, string department)
    {
        var role = department switch
        {
            Departments.Sound => row.SoundRole,
            Departments.Lights => row.LightsRole,
            Departments.Video => row.VideoRole,
            _ => null,
        };
        var trimmed = role?.Trim();
        return string.IsNullOrEmpty(trimmed) || trimmed.Equals("none", StringComparison.OrdinalIgnoreCase) ? null : trimmed;
    }

    private static string? HighestRole(IEnumerable<AssignmentRow> rows, string department) =>
        rows.Select(row => RoleIn(row, department)).MaxBy(role => (Tiers.OfRoleCode(role) ?? 0, role is not null));
}
