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
        var head = request.Endpoint == FlexEndpoint.Single ? Head(crewCall, line) : null;
        if (shape.Paging is not { } paging) return Answer.Of(Wrap(rows, shape.Envelope, head));
        var (page, words) = Pages.Cut(rows, paging, request.Http.Query);
        return Answer.Of(Wrap(page, shape.Envelope == ListEnvelope.Array ? ListEnvelope.Content : shape.Envelope, head, words));
    }

    /// <summary>The rows in their envelope.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="envelope">What is wrapped around them.</param>
    /// <param name="head">What else the whole answer tells.</param>
    /// <param name="words">What stands right beside the rows.</param>
    public static JsonNode Wrap(JsonArray rows, ListEnvelope envelope, JsonObject? head = null, JsonObject? words = null)
    {
        if (envelope == ListEnvelope.Array) return rows;
        var whole = head ?? [];
        var holder = whole;
        if (envelope is ListEnvelope.DataItems or ListEnvelope.DataChildren or ListEnvelope.DataContent)
            whole["data"] = holder = [];
        holder[KeyOf(envelope)] = rows;
        foreach (var (name, value) in words ?? []) holder[name] = value?.DeepClone();
        return whole;
    }

    private static string KeyOf(ListEnvelope envelope) => envelope switch
    {
        ListEnvelope.Items or ListEnvelope.DataItems => "items",
        ListEnvelope.Children or ListEnvelope.DataChildren => "children",
        ListEnvelope.Content or ListEnvelope.DataContent => "content",
        ListEnvelope.Results => "results",
        ListEnvelope.LineItems => "lineItems",
        ListEnvelope.Data => "data",
        _ => throw new InvalidOperationException($"No such envelope: {envelope}"),
    };

    private static JsonObject Head(CrewCall crewCall, FlexLine? line) => new()
    {
        ["id"] = line?.Id ?? crewCall.Id,
        ["name"] = line?.Name ?? crewCall.Name,
    };
}
