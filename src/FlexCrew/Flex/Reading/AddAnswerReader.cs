using System.Text.Json;

namespace FlexCrew.Flex.Reading;

/// <summary>Reads the id of the new line item out of the answers that Flex is known to give to an add.</summary>
internal static class AddAnswerReader
{
    /// <summary>The id; a failure when the answer has none or cannot be read.</summary>
    public static FlexRead<string> Read(ReadOnlyMemory<byte> body) => JsonBody.Read(body, LineItemId);

    private static string? LineItemId(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.String => Cell.Id(root) is { } id && IsLikely(id) ? id : null,
        JsonValueKind.Number => Cell.Id(root),
        JsonValueKind.Object => Cell.Id(root, "id", "lineItemId") ?? InData(root) ?? FirstAdded(root),
        _ => null,
    };

    // A bare "OK" is no id. One that is wrongly doubted costs a listing.
    private static bool IsLikely(string id) => id.Any(char.IsAsciiDigit) && !id.Any(char.IsWhiteSpace);

    private static string? InData(JsonElement root) =>
        root.TryGetProperty("data", out var data) ? Cell.Id(data, "id", "lineItemId") : null;

    private static string? FirstAdded(JsonElement root) =>
        root.TryGetProperty("addedResourceLineIds", out var ids) && ids.ValueKind == JsonValueKind.Array && ids.GetArrayLength() > 0
            ? Cell.Id(ids[0])
            : null;
}
