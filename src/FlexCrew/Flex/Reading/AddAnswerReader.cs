using System.Text.Json;

namespace FlexCrew.Flex.Reading;

/// <summary>Reads the id of the new line item out of the answers that Flex is known to give to an add.</summary>
internal static class AddAnswerReader
{
    /// <summary>The id; a failure when the answer has none or cannot be read.</summary>
    public static FlexRead<string> Read(ReadOnlyMemory<byte> body) => JsonBody.Read(body, LineItemId);

    private static string? LineItemId(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.String => FlexValue.Id(root) is { } id && LooksLikeAnId(id) ? id : null,
        JsonValueKind.Number => FlexValue.Id(root),
        JsonValueKind.Object => FlexValue.Id(root, "id", "lineItemId") ?? InData(root) ?? FirstAdded(root),
        _ => null,
    };

    // A bare "OK" is no id. An id that is taken for none costs one listing, which finds the contact.
    private static bool LooksLikeAnId(string id) => id.Any(char.IsAsciiDigit) && !id.Any(char.IsWhiteSpace);

    private static string? InData(JsonElement root) =>
        FlexValue.Member(root, "data") is { } data ? FlexValue.Id(data, "id", "lineItemId") : null;

    private static string? FirstAdded(JsonElement root) =>
        FlexValue.Member(root, "addedResourceLineIds") is { ValueKind: JsonValueKind.Array } ids && ids.GetArrayLength() > 0
            ? FlexValue.Id(ids[0])
            : null;
}
