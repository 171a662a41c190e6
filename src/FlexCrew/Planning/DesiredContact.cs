using System.Text.Json.Serialization;

namespace FlexCrew.Planning;

/// <summary>A contact that a crew call should have: one per Flex resource.</summary>
/// <param name="ResourceId">The resource id in Flex.</param>
/// <param name="Technicians">Whose it is; more than one when profiles share a resource id.</param>
public sealed record DesiredContact(string ResourceId, IReadOnlyList<DesiredTechnician> Technicians)
{
    /// <summary>The technician with the highest tier: the contact gets their business role.</summary>
    [JsonIgnore]
    public DesiredTechnician Leading => Technicians.MaxBy(technician => technician.Tier ?? 0)!;
}

/// <summary>A technician who should be on the crew call.</summary>
/// <param name="TechnicianId">The technician.</param>
/// <param name="Role">The role code in the department; null when the profile's department alone puts them there.</param>
public sealed record DesiredTechnician(Guid TechnicianId, string? Role)
{
    /// <summary>The tier of the role code; null when it has none.</summary>
    [JsonIgnore]
    public Tier? Tier => Tiers.OfRoleCode(Role);
}
