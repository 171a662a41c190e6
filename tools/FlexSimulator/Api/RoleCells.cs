using System.Text.Json.Nodes;

namespace FlexSimulator;

/// <summary>The business-role cell of a row.</summary>
internal static class RoleCells
{
    public static void Add(JsonObject row, string? role, ListingShape shape, Dictionary<string, string> names)
    {
        if (shape.RoleCell == RoleCell.Absent) return;
        var key = shape.RoleKey == RoleKey.Kebab ? "business-role" : "businessRole";
        var name = role is null ? null : names.GetValueOrDefault(role, role);
        if (role is null && shape.EmptyRole != EmptyRole.EmptyCell)
        {
            if (shape.EmptyRole == EmptyRole.Null) row[key] = null;
            if (shape.EmptyRole == EmptyRole.EmptyText) row[key] = "";
            return;
        }
        row[key] = shape.RoleCell switch
        {
            RoleCell.Text => role,
            RoleCell.Data => new JsonObject
            {
                ["fieldType"] = "business-role",
                ["data"] = role,
                ["fieldRestrictions"] = new JsonObject { ["readOnly"] = false },
            },
            RoleCell.Name => new JsonObject { ["name"] = name },
            RoleCell.PreferredDisplayString => new JsonObject { ["preferredDisplayString"] = name },
            RoleCell.DisplayString => new JsonObject { ["displayString"] = name },
            RoleCell.Id => new JsonObject { ["id"] = role },
            _ => throw new InvalidOperationException($"No such cell: {shape.RoleCell}"),
        };
    }
}
