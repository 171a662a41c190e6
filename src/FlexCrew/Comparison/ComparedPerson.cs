using System.Text.Json.Serialization;

namespace FlexCrew.Comparison;

/// <summary>A person of a crew call, in the three places side by side.</summary>
public sealed record ComparedPerson
{
    /// <summary>The technician; null for a contact that is nobody's here.</summary>
    [JsonPropertyName("technician_id")] public Guid? TechnicianId { get; init; }

    /// <summary>Their name; null when no profile tells it.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>What the assignments say; null when the person is not assigned.</summary>
    [JsonPropertyName("should")] public ShouldBe? Should { get; init; }

    /// <summary>The line items that the table maps the person to.</summary>
    [JsonPropertyName("table")] public required IReadOnlyList<string?> Table { get; init; }

    /// <summary>The person's contacts in Flex; null when Flex could not be read.</summary>
    [JsonPropertyName("flex")] public IReadOnlyList<InFlex>? Flex { get; init; }

    /// <summary>What is not the same; none when all is well.</summary>
    [JsonPropertyName("differences")] public required IReadOnlyList<CrewDifference> Differences { get; init; }
}

/// <summary>What the assignments say of a person.</summary>
/// <param name="Role">The role code.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="ResourceId">The profile's resource id in Flex.</param>
public sealed record ShouldBe(
    [property: JsonPropertyName("role")] string? Role,
    [property: JsonPropertyName("tier")] string? Tier,
    [property: JsonPropertyName("flex_resource_id")] string? ResourceId);

/// <summary>A contact in Flex.</summary>
/// <param name="LineItemId">Its line item.</param>
/// <param name="ResourceId">Its resource.</param>
/// <param name="BusinessRole">The tier of its business role where it is a known one, else its text.</param>
public sealed record InFlex(
    [property: JsonPropertyName("line_item_id")] string LineItemId,
    [property: JsonPropertyName("flex_resource_id")] string? ResourceId,
    [property: JsonPropertyName("business_role")] string? BusinessRole);
