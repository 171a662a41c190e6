namespace FlexCrew.Planning;

/// <summary>The Flex dictionary ids of business roles, by department and tier.</summary>
public sealed class BusinessRoles
{
    private static readonly Dictionary<string, string> Sound = new(StringComparer.OrdinalIgnoreCase)
    {
        ["responsable"] = "2916b300-c515-11ea-a087-2a0a4490a7fb",
        ["especialista"] = "b18a5bcc-59fa-4956-917f-0d1816d7d9b3",
        ["tecnico"] = "2f6cf050-c5c1-11ea-a087-2a0a4490a7fb",
    };

    private readonly Dictionary<string, Dictionary<string, string>> byDepartment =
        new(StringComparer.OrdinalIgnoreCase) { [Departments.Sound] = new(Sound, StringComparer.OrdinalIgnoreCase) };

    /// <summary>The built-in ids of <c>sound</c>, with what the configuration adds or replaces.</summary>
    public BusinessRoles(FlexCrewOptions options)
    {
        foreach (var (department, tiers) in options.BusinessRoles)
        {
            if (!byDepartment.TryGetValue(department, out var known))
                byDepartment[department] = known = new(StringComparer.OrdinalIgnoreCase);
            foreach (var (tier, id) in tiers.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)))
                known[tier] = id;
        }
    }

    /// <summary>Tier name → id of a department; empty when none is known.</summary>
    public IReadOnlyDictionary<string, string> Of(string department) =>
        byDepartment.TryGetValue(department, out var known) ? known : new Dictionary<string, string>();

    /// <summary>
    /// The id for a technician's business role, or why there is none, in the words of the original.
    /// </summary>
    public static (string? RoleId, string? Diagnostic) Resolve(
        IReadOnlyDictionary<string, string> ids, string department, DesiredTechnician technician)
    {
        if (technician.Tier is not { } tier)
            return (null, $"tech role \"{technician.Role ?? "none"}\": No Flex business-role tier could be inferred for {department}. Expected a role code suffix of -R, -E, or -T.");
        if (!ids.TryGetValue(tier.Name(), out var id))
            return (null, $"tech role \"{technician.Role ?? "none"}\": {department} Flex business-role ID for tier \"{tier.Name()}\" is not configured. Confirm the Flex dictionary ID before business-role sync can set this field.");
        return (id, null);
    }
}
