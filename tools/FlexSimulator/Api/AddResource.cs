using System.Globalization;
using System.Text.Json.Nodes;

namespace FlexSimulator;

/// <summary>add-resource: additive, a second request for the same resource makes a second line.</summary>
internal static class AddResource
{
    public static Answer Handle(FlexWorld world, FlexBehaviour behaviour, FlexRequest request)
    {
        var policy = request.Body.Length == 0 ? behaviour.EmptyPost
            : request.IsForm ? behaviour.FormBody
            : EncodingPolicy.UnsupportedMediaType;
        if (policy == EncodingPolicy.BadRequest) return Answer.Error(400, "The body of the request cannot be read.");
        if (policy == EncodingPolicy.UnsupportedMediaType) return Answer.Error(415, "The content type is not supported.");

        if (FlexApi.Find(world, behaviour, request.Route.Id) is not { } crewCall)
            return FlexApi.NoSuchElement(request.Route.Id);

        var resource = request.Route.ResourceId;
        var line = new FlexLine(
            world.NewId(), crewCall.Id, LineTypes.Contact, resource, Name: CrewCall.NameOf(resource), ByApi: true);
        string? before = null;
        if (request.Body.Length > 0)
        {
            if (Refusal(world, crewCall, request) is { } refusal) return Answer.Error(400, refusal);
            line = line with
            {
                Type = Field(request, "managedResourceLineItemType").ToLowerInvariant(),
                Quantity = int.Parse(Field(request, "quantity"), CultureInfo.InvariantCulture),
                ParentId = OrNull(Field(request, "parentLineItemId")),
            };
            before = OrNull(Field(request, "nextSiblingId"));
        }
        world.Add(crewCall, line, before);
        return AnswerFor(behaviour.AddAnswer, line) with { Committed = true, LineIds = [line.Id] };
    }

    private static string? Refusal(FlexWorld world, CrewCall crewCall, FlexRequest request)
    {
        string[] keys = ["resourceParentId", "managedResourceLineItemType", "quantity", "parentLineItemId", "nextSiblingId"];
        if (keys.FirstOrDefault(key => request.Form.TryGetValue(key, out var values) && values.Count > 1) is { } twice)
            return $"{twice} is given more than once.";
        if (!LineTypes.CanBeAdded(Field(request, "managedResourceLineItemType").ToLowerInvariant()))
            return $"managedResourceLineItemType is not valid: '{Field(request, "managedResourceLineItemType")}'";
        if (!int.TryParse(Field(request, "quantity"), NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) || quantity < 1)
            return $"quantity is not a positive number: '{Field(request, "quantity")}'";
        foreach (var key in new[] { "parentLineItemId", "nextSiblingId" })
        {
            if (OrNull(Field(request, key)) is { } lineId && !world.Owns(crewCall, lineId))
                return $"{key} is not a line of this element: '{lineId}'";
        }
        return null;
    }

    private static Answer AnswerFor(AddAnswer shape, FlexLine line) => shape switch
    {
        AddAnswer.AddedResourceLineIds => Answer.Of(new JsonObject
        {
            ["addedResourceLineIds"] = new JsonArray(line.Id),
            ["affectedRootLineIds"] = new JsonArray(line.ParentId ?? line.Id),
            ["addedNoteLineId"] = null,
            ["nonRootClonedLineIds"] = null,
        }),
        AddAnswer.Id => Answer.Of(new JsonObject { ["id"] = line.Id, ["name"] = line.Name }),
        AddAnswer.LineItemId => Answer.Of(new JsonObject { ["lineItemId"] = line.Id }),
        AddAnswer.DataId => Answer.Of(new JsonObject { ["data"] = new JsonObject { ["id"] = line.Id } }),
        AddAnswer.DataLineItemId => Answer.Of(new JsonObject { ["data"] = new JsonObject { ["lineItemId"] = line.Id } }),
        AddAnswer.BareString => Answer.Of(JsonValue.Create(line.Id)),
        AddAnswer.EmptyObject => Answer.Of(new JsonObject()),
        AddAnswer.NotJson => Answer.Text("OK, added.", "text/plain;charset=UTF-8"),
        AddAnswer.EmptyBody => Answer.Empty(),
        AddAnswer.Accepted => Answer.Of(new JsonObject(), 202),
        _ => throw new InvalidOperationException($"No such answer: {shape}"),
    };

    private static string Field(FlexRequest request, string key) =>
        request.Form.TryGetValue(key, out var values) ? values.ToString() : "";

    private static string? OrNull(string value) => value.Length == 0 ? null : value;
}
