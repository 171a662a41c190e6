using System.Text.Json;

namespace FlexSimulator;

/// <summary>row-data POST: sets one field of a line; the only field that there is here is the business role.</summary>
internal static class SetBusinessRole
{
    public static Answer Handle(FlexWorld world, FlexBehaviour behaviour, FlexRequest request)
    {
        if (request.Http.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return Answer.Error(415, "The content type is not supported.");
        if (FlexApi.Find(world, behaviour, request.Route.Id) is not { } crewCall)
            return FlexApi.NoSuchElement(request.Route.Id);

        string? lineId, field, value;
        try
        {
            using var json = JsonDocument.Parse(request.Body);
            lineId = json.RootElement.GetProperty("lineItemId").GetString();
            field = json.RootElement.GetProperty("fieldType").GetString();
            value = json.RootElement.GetProperty("payloadValue").GetString();
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Answer.Error(400, "The body must be { lineItemId, fieldType, payloadValue }.");
        }

        if (field != behaviour.RoleFieldType) return Answer.Error(400, $"Unknown field type: {field}");
        if (!string.IsNullOrEmpty(value) && !Guid.TryParse(value, out _))
            return Answer.Error(400, $"Not a dictionary id: {value}");
        if (lineId is null || !world.Owns(crewCall, lineId) || world.FindLine(lineId) is null)
            return Answer.Error(404, $"Line item not found: {lineId}");

        world.EditLine(lineId, line => line with { BusinessRole = string.IsNullOrEmpty(value) ? null : value });
        return Answer.Text("{}", Answer.Json) with { Committed = true, LineIds = [lineId] };
    }
}
