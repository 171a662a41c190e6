using System.Text.Json.Nodes;

namespace FlexSimulator;

/// <summary>Makes rows of lines in the shape that is chosen.</summary>
internal sealed class Rows(List<FlexLine> lines, ListingShape shape, Dictionary<string, string> roleNames, string[] cells)
{
    private readonly ILookup<string, FlexLine> byParent = lines.ToLookup(line => line.ParentId ?? "", StringComparer.OrdinalIgnoreCase);

    /// <param name="parentId">The line whose children are listed; null for the crew call itself.</param>
    public JsonArray Under(string? parentId)
    {
        var rows = new JsonArray();
        foreach (var line in byParent[parentId ?? ""]) Append(rows, line);
        return rows;
    }

    private void Append(JsonArray rows, FlexLine line)
    {
        var row = Row(line);
        rows.Add((JsonNode)row);
        if (!byParent.Contains(line.Id)) return;
        if (shape.Nesting == Nesting.Inside) Nest(row, Under(line.Id));
        if (shape.Nesting != Nesting.Flat) return;
        foreach (var child in byParent[line.Id]) Append(rows, child);
    }

    private void Nest(JsonObject row, JsonArray children)
    {
        switch (shape.NestedUnder)
        {
            case NestedUnder.Items: row["items"] = children; break;
            case NestedUnder.Content: row["content"] = children; break;
            case NestedUnder.Data: row["data"] = children; break;
            case NestedUnder.DataChildren: row["data"] = new JsonObject { ["children"] = children }; break;
            default: row["children"] = children; break;
        }
    }

    private JsonObject Row(FlexLine line)
    {
        var row = new JsonObject();
        switch (shape.IdsOnly ? LineIdAt.Id : shape.LineIdAt)
        {
            case LineIdAt.Id: row["id"] = line.Id; break;
            case LineIdAt.LineItemId: row["lineItemId"] = line.Id; break;
            case LineIdAt.LineItemDotId: row["lineItem"] = new JsonObject { ["id"] = line.Id }; break;
        }
        row["rootLineId"] = Root(line);
        row["leaf"] = !byParent.Contains(line.Id);
        row["container"] = line.Type == LineTypes.Header;
        if (shape.IdsOnly) return row;

        if (line.ResourceId is { } resource)
        {
            switch (shape.ResourceIdAt)
            {
                case ResourceIdAt.ResourceId: row["resourceId"] = resource; break;
                case ResourceIdAt.ResourceDotId: row["resource"] = new JsonObject { ["id"] = resource, ["name"] = line.Name }; break;
                case ResourceIdAt.ResourceDotResourceId: row["resource"] = new JsonObject { ["resourceId"] = resource }; break;
            }
        }
        if (shape.TypeAt == TypeAt.ManagedResourceLineItemType) row["managedResourceLineItemType"] = line.Type;
        if (shape.TypeAt == TypeAt.Type) row["type"] = line.Type;
        row["name"] = line.Name;
        if (shape.ResourceClassName && line.ResourceId is not null) row["resourceClassName"] = ClassOf(line.Type);
        if (shape.DocumentKeys) AddDocumentKeys(row, line);
        if (line.Deleted) row["deleted"] = true;
        foreach (var cell in cells) AddCell(row, cell, line);
        return row;
    }

    private static string ClassOf(string type) => type == LineTypes.Contact
        ? "com.shoptick.contact.domain.Contact"
        : "com.shoptick.inventory.domain.InventoryItem";

    private static void AddDocumentKeys(JsonObject row, FlexLine line)
    {
        row["barcode"] = line.Barcode ?? "";
        row["serial"] = line.Serial;
        row["isUnit"] = line.Serial is not null;
        row["isNote"] = line.Type == LineTypes.Note;
        row["isVirtual"] = line.Type == LineTypes.Header;
        row["group"] = line.Type == LineTypes.Header;
        row["deleted"] = false;
    }

    private void AddCell(JsonObject row, string cell, FlexLine line)
    {
        switch (cell)
        {
            case "business-role":
                if (line.IsContact) RoleCells.Add(row, line.BusinessRole, shape, roleNames);
                break;
            case "contact":
                row["contact"] = line.IsContact ? new JsonObject { ["preferredDisplayString"] = line.Name } : null;
                break;
            case "quantity":
                row["quantity"] = new JsonObject { ["fieldType"] = "quantity", ["data"] = line.Quantity };
                break;
            case "notes":
                row["notes"] = line.Type == LineTypes.Note ? line.Name : "";
                break;
            default:
                if (!row.ContainsKey(cell)) row[cell] = null;
                break;
        }
    }

    private string Root(FlexLine line)
    {
        while (line.ParentId is { } parent && lines.Find(other => FlexWorld.Same(other.Id, parent)) is { } above) line = above;
        return line.Id;
    }
}
