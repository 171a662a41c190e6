namespace FlexSimulator;

/// <summary>The API as it is when nothing is broken: one answer for each request, under the world's lock.</summary>
internal sealed class FlexApi(FlexWorld world, Func<FlexBehaviour> behaviour)
{
    public Answer Handle(FlexRequest request)
    {
        var now = behaviour();
        if (now.Off.TryGetValue(request.Endpoint, out var off))
            return Answer.Error(off, $"No such operation: {request.Http.Method} {request.Http.Path}");
        if (request.Endpoint == FlexEndpoint.Unknown)
            return Unknown(request);
        lock (world.Gate)
        {
            return request.Endpoint switch
            {
                FlexEndpoint.AddResource => AddResource.Handle(world, now, request),
                FlexEndpoint.SetRole => SetBusinessRole.Handle(world, now, request),
                FlexEndpoint.Delete => DeleteLines.One(world, now, request),
                FlexEndpoint.BulkDelete => DeleteLines.Many(world, now, request),
                _ => Listing.Handle(world, now, request),
            };
        }
    }

    /// <summary>The crew call of that id; made now when the behaviour says so.</summary>
    public static CrewCall? Find(FlexWorld world, FlexBehaviour behaviour, string id) =>
        world.FindCrewCall(id)
        ?? (behaviour.UnknownCrewCall == UnknownCrewCall.Created && world.FindLine(id) is null ? world.CreateCrewCall(id) : null);

    public static Answer NoSuchElement(string id) => Answer.Error(404, $"Element not found: {id}");

    private static Answer Unknown(FlexRequest request) => request.Route.Allow is { } allow
        ? Answer.Error(405, $"Method not allowed: {request.Http.Method}") with
        {
            Headers = new Dictionary<string, string> { ["Allow"] = allow },
        }
        : Answer.Error(404, $"No such operation: {request.Http.Method} {request.Http.Path}");
}
