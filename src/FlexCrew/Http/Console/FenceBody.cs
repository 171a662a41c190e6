using System.Text.Json.Serialization;
using FlexCrew.Database;

namespace FlexCrew.Http;

/// <summary>A fence that is held.</summary>
internal sealed record FenceBody
{
    [JsonPropertyName("flex_element_id")] public required string ElementId { get; init; }

    [JsonPropertyName("holder")] public required string Holder { get; init; }

    [JsonPropertyName("token")] public required long Token { get; init; }

    [JsonPropertyName("claimed_at")] public required string ClaimedAt { get; init; }

    [JsonPropertyName("held_for_ms")] public required long HeldForMs { get; init; }

    [JsonPropertyName("quiet")] public required bool Quiet { get; init; }

    [JsonPropertyName("next_holder")] public string? NextHolder { get; init; }

    [JsonPropertyName("crew_calls")] public required IReadOnlyList<FencedCrewCallBody> CrewCalls { get; init; }

    internal static IReadOnlyList<FenceBody> Of(IReadOnlyList<HeldFenceRow> rows, DateTimeOffset now) =>
    [
        .. from linked in rows.GroupBy(row => row.Element)
           let fence = linked.First()
           select new FenceBody
           {
               ElementId = fence.Element,
               Holder = fence.Holder,
               Token = fence.Token,
               ClaimedAt = ConsoleTime.Of(fence.ClaimedAt),
               HeldForMs = Math.Max(0, (long)(now.UtcDateTime - fence.ClaimedAt).TotalMilliseconds),
               Quiet = fence.IsQuiet,
               NextHolder = fence.NextHolder,
               CrewCalls =
               [
                   .. from row in linked
                      where row.JobId is not null
                      select new FencedCrewCallBody(row.JobId!.Value, row.JobTitle, row.Department!),
               ],
           },
    ];
}

/// <summary>A crew call that is linked to the element of a fence.</summary>
internal sealed record FencedCrewCallBody(
    [property: JsonPropertyName("job_id")] Guid JobId,
    [property: JsonPropertyName("job_title")] string? JobTitle,
    [property: JsonPropertyName("department")] string Department);
