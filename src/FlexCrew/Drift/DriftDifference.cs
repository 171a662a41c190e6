using System.Text.Json.Serialization;

namespace FlexCrew.Drift;

/// <summary>One thing that a sync would put right.</summary>
/// <param name="Kind">One of the kinds of <see cref="Comparison.DifferenceKinds"/>.</param>
/// <param name="TechnicianId">Whom it is about; null where the table does not tell.</param>
/// <param name="LineItemId">The line item in Flex that it is about; null where there is none.</param>
/// <param name="ResourceId">The resource in Flex that it is about; null where it is not told.</param>
internal sealed record DriftDifference(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("technician_id")] Guid? TechnicianId,
    [property: JsonPropertyName("line_item_id")] string? LineItemId = null,
    [property: JsonPropertyName("flex_resource_id")] string? ResourceId = null)
{
    /// <summary>The person's name; null where no profile tells it.</summary>
    [JsonPropertyName("name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>One English sentence.</summary>
    [JsonPropertyName("text")]
    public string Text => Comparison.DifferenceKinds.Of(Kind).Text;
}
