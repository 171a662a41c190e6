namespace FlexSimulator;

/// <summary>Crew calls and lines, by hand.</summary>
internal sealed class ControlWorld(FlexWorld world)
{
    public object? Handle(ControlRequest request) => request switch
    {
        { Method: "GET", Path: ["crew-calls"] } => world.CrewCalls.Select(View).ToArray(),
        { Method: "POST", Path: ["crew-calls"] } => Create(request.BodyAs<NewCrewCall>()),
        { Method: "GET", Path: ["crew-calls", var id] } => View(world.CrewCall(id)),
        { Method: "DELETE", Path: ["crew-calls", var id] } => new { removed = world.RemoveCrewCall(id) },
        { Method: "POST", Path: ["crew-calls", var id, "lines"] } => AddLine(world.CrewCall(id), request.BodyAs<NewLine>()),
        { Method: "DELETE", Path: ["crew-calls", var id, "lines"] } => Clear(world.CrewCall(id)),
        { Method: "GET", Path: ["lines", var id] } => world.FindLine(id) ?? throw new KeyNotFoundException($"There is no line {id}."),
        { Method: "PATCH", Path: ["lines", var id] } => Edit(id, request),
        { Method: "DELETE", Path: ["lines", var id] } => new { removed = world.RemoveLine(id) },
        _ => null,
    };

    private static object View(CrewCall crewCall) => new { id = crewCall.Id, name = crewCall.Name, lines = crewCall.Lines };

    private object Create(NewCrewCall wanted) => View(world.CreateCrewCall(wanted.Id, wanted.Name));

    private static FlexLine AddLine(CrewCall crewCall, NewLine wanted) => crewCall.Add(
        new FlexLine(
            wanted.Id,
            crewCall.Id,
            wanted.Type,
            wanted.ResourceId,
            wanted.BusinessRole,
            wanted.ParentId,
            wanted.Name ?? (wanted.ResourceId is { } resource ? CrewCall.NameOf(resource) : ""),
            wanted.Quantity)
        {
            Serial = wanted.Serial,
            Barcode = wanted.Barcode,
        },
        wanted.BeforeId);

    private static object Clear(CrewCall crewCall)
    {
        crewCall.Clear();
        return View(crewCall);
    }

    private FlexLine Edit(string id, ControlRequest request)
    {
        var change = request.BodyAs<LineChange>();
        return world.EditLine(id, line => line with
        {
            Type = change.Type ?? line.Type,
            ResourceId = request.Body.ContainsKey("resourceId") ? change.ResourceId : line.ResourceId,
            BusinessRole = request.Body.ContainsKey("businessRole") ? change.BusinessRole : line.BusinessRole,
            Name = change.Name ?? line.Name,
            Deleted = change.Deleted ?? line.Deleted,
        });
    }

    private sealed record NewCrewCall(string? Id = null, string Name = "Crew call");

    private sealed record NewLine(
        string? ResourceId = null,
        string? BusinessRole = null,
        string? ParentId = null,
        string? Name = null,
        string? BeforeId = null,
        string Type = LineTypes.Contact,
        string Id = "",
        int Quantity = 1)
    {
        public string? Serial { get; init; }

        public string? Barcode { get; init; }
    }

    private sealed record LineChange(
        string? Type = null, string? ResourceId = null, string? BusinessRole = null, string? Name = null, bool? Deleted = null);
}
