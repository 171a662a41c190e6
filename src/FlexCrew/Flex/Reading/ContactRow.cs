using System.Text.Json;

namespace FlexCrew.Flex.Reading;

/// <summary>Reads one row of a listing, whichever endpoint it comes from.</summary>
internal static class ContactRow
{
    private static readonly string[] IdsAndStructure =
    [
        "id", "lineItemId", "lineItem", "rootLineId", "ordinal", "leaf", "group", "container", "expanded", "deleted",
        "items", "results", "content", "children", "lineItems", "data",
    ];

    /// <summary>What is true of notes, headings, cases and equipment, and never of a person.</summary>
    private static readonly string[] NoPersonIs = ["isUnit", "isNote", "isVirtual", "virtual", "group", "container"];

    /// <summary>What a piece of equipment has in Flex. Contact records have a barcode too; see <see cref="ShowsSomethingElse"/>.</summary>
    private static readonly string[] OnlyEquipmentHas = ["serial", "barcode", "stencil", "serialUnitId", "unitId"];

    /// <summary>Whether the row tells anything of its line but ids and its place among the others.</summary>
    public static bool TellsMoreThanIds(JsonElement row) =>
        row.EnumerateObject().Any(property => !IdsAndStructure.Contains(property.Name));

    /// <summary>
    /// Whether the row says of itself that its line was deleted. What its resource says does not matter: a contact who was
    /// deleted from the address book may still stand in a crew call.
    /// </summary>
    public static bool IsDeleted(JsonElement row) => FlexValue.Truth(row, "deleted") == true;

    /// <summary>A row is a contact's when its type says so; without a type, when it has a resource and shows nothing else.</summary>
    public static bool IsContact(JsonElement row) => Type(row) is { } type
        ? FlexValue.Texts(type).Any(text => text.Trim().Equals("contact", StringComparison.OrdinalIgnoreCase))
        : ResourceId(row) is { } resourceId && !ShowsSomethingElse(row, resourceId);

    /// <summary>The contact; null when the row has no line item id.</summary>
    public static FlexContact? Read(JsonElement row) =>
        LineItemId(row) is { } id ? new FlexContact(id, ResourceId(row), BusinessRole(row)) : null;

    /// <summary>The id of the line item; null when the row has none.</summary>
    public static string? LineItemId(JsonElement row) =>
        FlexValue.Id(row, "id", "lineItemId") ?? (FlexValue.Member(row, "lineItem") is { } item ? FlexValue.Id(item, "id") : null);

    private static string? ResourceId(JsonElement row) =>
        FlexValue.Id(row, "resourceId")
            ?? (FlexValue.Member(row, "resource") is { } resource ? FlexValue.Id(resource, "id", "resourceId") : null);

    // The best evidence comes first: the class of the resource, then a contact cell that names the very same resource (so that
    // a person with a barcode stays a contact), then what only other things are or have. Rows of contacts may well carry the
    // names of all these, with nothing under them.
    private static bool ShowsSomethingElse(JsonElement row, string resourceId)
    {
        if (ResourceClass(row) is { } name)
            return !name.Contains("contact", StringComparison.OrdinalIgnoreCase);
        if (FlexIds.Same(FlexValue.Id(row, "contact"), resourceId))
            return false;
        return NoPersonIs.Any(name => FlexValue.Truth(row, name) == true) || OnlyEquipmentHas.Any(name => FlexValue.HasText(row, name));
    }

    private static string? ResourceClass(JsonElement row) =>
        FlexValue.Id(row, "resourceClassName")
        ?? (FlexValue.Member(row, "resource") is { } resource ? FlexValue.Id(resource, "className", "resourceClassName") : null);

    // The value of the first of the two names that has one. Null and "" count as none; a value that cannot be read counts as one.
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

    // Null when the listing does not tell the role; empty when it tells that there is none.
    private static string? BusinessRole(JsonElement row)
    {
        string? role = null;
        foreach (var name in (ReadOnlySpan<string>)["business-role", "businessRole"])
        {
            if (FlexValue.Member(row, name) is not { } value)
                continue;
            foreach (var text in FlexValue.Texts(value))
            {
                if (!string.IsNullOrWhiteSpace(text))
                    return text;
                role = "";
            }
        }

        return role;
    }
}
