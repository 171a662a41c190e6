namespace FlexSimulator;

/// <summary>One line of a crew call, as it is at one instant.</summary>
/// <param name="Id">The line item id.</param>
/// <param name="CrewCallId">The crew call that the line belongs to.</param>
/// <param name="Type"><see cref="LineTypes"/>, or any other text.</param>
/// <param name="ResourceId">The resource (for a contact: the person); null for notes and headers.</param>
/// <param name="BusinessRole">The dictionary id of the business role; null when there is none.</param>
/// <param name="ParentId">The line under which it is nested; null at the top.</param>
/// <param name="Name">What a person reads in the list.</param>
/// <param name="Quantity">How many of the resource.</param>
/// <param name="ByApi">Made by an add-resource request, not by hand.</param>
public sealed record FlexLine(
    string Id,
    string CrewCallId,
    string Type,
    string? ResourceId = null,
    string? BusinessRole = null,
    string? ParentId = null,
    string Name = "",
    int Quantity = 1,
    bool ByApi = false)
{
    /// <summary>The serial number, where the line is one piece of equipment.</summary>
    public string? Serial { get; init; }

    /// <summary>The barcode: of a piece of equipment, or of a person's badge.</summary>
    public string? Barcode { get; init; }

    /// <summary>The line was deleted, and listings show it with that mark.</summary>
    public bool Deleted { get; init; }

    public bool IsContact => Type == LineTypes.Contact && !Deleted;
}

/// <summary>The types of lines that Flex is known to use.</summary>
public static class LineTypes
{
    public const string Contact = "contact";
    public const string Note = "note";
    public const string Header = "header";
    public const string InventoryModel = "inventory-model";
    public const string ServiceOffering = "service-offering";
    public const string Resource = "resource";

    internal static bool CanBeAdded(string type) =>
        type is Contact or InventoryModel or ServiceOffering or Resource;
}
