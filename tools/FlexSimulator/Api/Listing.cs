using System.Text.Json.Nodes;

namespace FlexSimulator;

/// <summary>The five listings: the lines of a crew call, or those under a line, in the shape that is chosen.</summary>
internal static class Listing
{
    public static Answer Handle(FlexWorld world, FlexBehaviour behaviour, FlexRequest request)
    {
        var id = request.Route.Id;
        var line = world.FindLine(id);
        var crewCall = line is not null ? world.FindCrewCall(line.CrewCallId) : FlexApi.Find(world, behaviour, id);
        if (crewCall is null) return FlexApi.NoSuchElement(id);

        var root = line?.Id;
        var node = request.Http.Query["node"].ToString();
        if (node.Length > 0 && node != "root")
        {
            if (!world.Owns(crewCall, node)) return Answer.Error(404, $"Line item not found: {node}");
            root = node;
        }

        var shape = behaviour.ShapeOf(request.Endpoint);
        var cells = request.Endpoint == FlexEndpoint.Single
            ? []
            : request.Http.Query["codeList"].OfType<string>().ToArray();
        var rows = new Rows(crewCall.Raw, shape, behaviour.RoleNames, cells).Under(root);
        return Answer.Of(Wrap(rows, shape.Envelope, request.Endpoint == FlexEndpoint.Single ? Head(crewCall, line) : null));
    }

    /// <summary>A listing without rows, in its envelope.</summary>
    public static JsonNode Wrap(JsonArray rows, ListEnvelope envelope, JsonObject? head = null)
    {
        var whole = head ?? [];
        switch (envelope)
        {
            case ListEnvelope.Array:
                return rows;
            case ListEnvelope.DataItems:
                whole["data"] = new JsonObject { ["items"] = rows };
                break;
            case ListEnvelope.DataChildren:
                whole["data"] = new JsonObject { ["children"] = rows };
                break;
            case ListEnvelope.Items:
                whole["items"] = rows;
                break;
            case ListEnvelope.Results:
                whole["results"] = rows;
                break;
            case ListEnvelope.Children:
                whole["children"] = rows;
                break;
            case ListEnvelope.LineItems:
                whole["lineItems"] = rows;
                break;
            default:
                throw new InvalidOperationException($"No such envelope: {envelope}");
        }
        return whole;
    }

    private static JsonObject Head(CrewCall crewCall, FlexLine? line) => new()
    {
        ["id"] = line?.Id ?? crewCall.Id,
        ["name"] = line?.Name ?? crewCall.Name,
    };
}
