using FlexCrew.Database;
using FlexCrew.Flex;

namespace FlexCrew.Planning;

/// <summary>Who should be on a crew call. Pure.</summary>
/// <param name="Contacts">The contacts that it should have: one per Flex resource, in the order of the assignments.</param>
/// <param name="WithoutResource">
/// Technicians who are assigned and whose profile has no resource id: they cannot be added, and one who is there already stays.
/// </param>
/// <param name="Diagnostics">What an operator should know about the data.</param>
public sealed record DesiredCrew(
    IReadOnlyList<DesiredContact> Contacts, IReadOnlyList<Guid> WithoutResource, IReadOnlyList<string> Diagnostics)
{
    /// <summary>
    /// The desired crew of a department. A technician counts whose role column of the department is set, or whose profile's department
    /// it is.
    /// </summary>
    public static DesiredCrew Of(IEnumerable<AssignmentRow> assignments, string department)
    {
        var technicians = assignments
            .Where(row => RoleIn(row, department) is not null || IsOf(row.ProfileDepartment, department))
            .GroupBy(row => row.TechnicianId)
            .Select(rows => (
                Id: rows.Key,
                Typed: rows.First().FlexResourceId,
                Resource: ResourceIds.Clean(rows.First().FlexResourceId),
                Role: HighestRole(rows, department)))
            .ToList();

        var contacts = technicians
            .Where(technician => technician.Resource is not null)
            .GroupBy(technician => technician.Resource!, FlexIds.Comparer)
            .Select(sharing => new DesiredContact(
                sharing.Key, [.. sharing.Select(technician => new DesiredTechnician(technician.Id, technician.Role))]))
            .ToList();

        return new DesiredCrew(
            contacts,
            [.. technicians.Where(technician => technician.Resource is null).Select(technician => technician.Id)],
            [
                .. technicians
                    .Where(technician => technician.Resource is not null && technician.Resource != technician.Typed!.Trim())
                    .Select(technician => $"tech {technician.Id}: the profile's Flex resource id has braces or invisible characters " +
                        $"around it; it was read as {technician.Resource}"),
                .. contacts
                    .Where(contact => contact.Technicians.Count > 1)
                    .Select(contact => $"techs {string.Join(", ", contact.Technicians.Select(technician => technician.TechnicianId))} " +
                        $"share the Flex resource {contact.ResourceId}: one contact for all of them"),
            ]);
    }

    private static bool IsOf(string? profileDepartment, string department) =>
        profileDepartment is not null && profileDepartment.Trim().Equals(department, StringComparison.OrdinalIgnoreCase);

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
