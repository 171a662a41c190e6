using FlexCrew.Database;
using FlexCrew.Planning;

namespace FlexCrew.Comparison;

/// <summary>Who is assigned to a department, whether or not they can be in Flex. Pure.</summary>
internal static class AssignedCrew
{
    private const string Lacking = "lacking:";

    /// <summary>
    /// The technicians by the rule of <see cref="DesiredCrew"/>. That rule leaves out those without a resource id, so each of
    /// them goes through it with a stand-in that no resource can have, and comes back without one.
    /// </summary>
    public static IReadOnlyList<AssignedTechnician> Of(IEnumerable<AssignmentRow> assignments, string department)
    {
        var rows = assignments.ToList();
        var names = rows.DistinctBy(row => row.TechnicianId).ToDictionary(row => row.TechnicianId, row => row.Name);
        var desired = DesiredCrew.Of(
            rows.Select(row => ResourceIds.Clean(row.FlexResourceId) is null
                ? row with { FlexResourceId = $"{Lacking}{row.TechnicianId}" }
                : row),
            department);
        return
        [
            .. from contact in desired.Contacts
               from technician in contact.Technicians
               select new AssignedTechnician(
                   technician.TechnicianId,
                   names.GetValueOrDefault(technician.TechnicianId),
                   technician.Role,
                   contact.ResourceId.StartsWith(Lacking, StringComparison.Ordinal) ? null : contact.ResourceId),
        ];
    }
}

/// <summary>A technician who is assigned to a department.</summary>
/// <param name="TechnicianId">The technician.</param>
/// <param name="Name">Their name; null when the profile tells none.</param>
/// <param name="Role">The role code; null when the profile's department alone puts them there.</param>
/// <param name="ResourceId">The profile's resource id in Flex; null when it has none.</param>
internal sealed record AssignedTechnician(Guid TechnicianId, string? Name, string? Role, string? ResourceId)
{
    /// <summary>The tier of the role code; null when it has none.</summary>
    public Tier? Tier => Tiers.OfRoleCode(Role);
}
