using System.Text.Json.Serialization;

namespace FlexCrew.Drift;

/// <summary>One thing that a sync would put right.</summary>
/// <param name="Kind">One of the kinds of <see cref="Comparison.DifferenceKinds"/>.</param>
/// <param name="TechnicianId">The technician concerned; null when no row of the table maps the contact.</param>
/// <param name="LineItemId">The line item in Flex concerned; null when Flex has none.</param>
/// <param name="ResourceId">The resource in Flex concerned; null when the listing does not name one.</param>
internal sealed record DriftDifference(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("technician_id")] Guid? TechnicianId,
    [property: JsonPropertyName("line_item_id")] string? LineItemId = null,
    [property: JsonPropertyName("flex_resource_id")] string? ResourceId = null)
{
    /// <summary>The technician's name; null when the profile has no name, or there is no profile.</summary>
    [JsonPropertyName("name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>One English sentence.</summary>
    [JsonPropertyName("text")]
    public string Text => Comparison.DifferenceKinds.Of(Kind).Text;
}
