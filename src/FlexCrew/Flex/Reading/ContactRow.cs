using System.Text.Json;

namespace FlexCrew.Flex.Reading;

/// <summary>Reads one row of a listing, whichever endpoint it comes from.</summary>
internal static class ContactRow
{
    private static readonly string[] IdsAndStructure =
        ["id", "lineItemId", "lineItem", "rootLineId", "leaf", "container", "items", "results", "content", "children", "lineItems", "data"];

    /// <summary>Whether the row tells anything of its line but ids and its place among the others.</summary>
    public static bool TellsMoreThanIds(JsonElement row) =>
        row.EnumerateObject().Any(property => !IdsAndStructure.Contains(property.Name));

    /// <summary>Only rows of type contact, or without a type but with a resource id, are contacts.</summary>
    public static bool IsContact(JsonElement row) => Type(row) is { } type
        ? Cell.Texts(type).Any(text => text.Trim().Equals("contact", StringComparison.OrdinalIgnoreCase))
        : ResourceId(row) is not null;

    /// <summary>The contact; null when the row has no line item id.</summary>
    public static FlexContact? Read(JsonElement row) =>
        LineItemId(row) is { } id ? new FlexContact(id, ResourceId(row), BusinessRole(row)) : null;

    private static string? LineItemId(JsonElement row) =>
        Cell.Id(row, "id", "lineItemId") ?? (row.TryGetProperty("lineItem", out var item) ? Cell.Id(item, "id") : null);

    private static string? ResourceId(JsonElement row) =>
        Cell.Id(row, "resourceId") ?? (row.TryGetProperty("resource", out var resource) ? Cell.Id(resource, "id", "resourceId") : null);

    // The first of the two that says anything: null and "" say nothing, what cannot be read does.
    private static JsonElement? Type(JsonElement row)
    {
        foreach (var name in (ReadOnlySpan<string>)["managedResourceLineItemType", "type"])
        {
            if (row.TryGetProperty(name, out var type) && type.ValueKind != JsonValueKind.Null
                && !(type.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(type.GetString())))
            {
                return type;
            }
        }

        return null;
    }

    // Null: the listing does not tell. Empty: it tells that there is none.
    private static string? BusinessRole(JsonElement row)
    {
        string? role = null;
        foreach (var name in (ReadOnlySpan<string>)["business-role", "businessRole"])
        {
            if (!row.TryGetProperty(name, out var cell))
                continue;
            foreach (var text in Cell.Texts(cell))
            {
                if (!string.IsNullOrWhiteSpace(text))
                    return text;
                role = "";
            }
        }

        return role;
    }
}
