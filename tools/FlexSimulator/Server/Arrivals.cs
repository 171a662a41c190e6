namespace FlexSimulator;

/// <summary>What the log keeps of a request when it comes.</summary>
internal static class Arrivals
{
    public static LoggedRequest Describe(FlexRequest request, FlexWorld world) => new()
    {
        Sequence = 0,
        At = DateTimeOffset.UtcNow,
        Method = request.Http.Method,
        Path = request.Http.Path.Value ?? "",
        Query = request.Http.QueryString.Value ?? "",
        Endpoint = request.Endpoint,
        CrewCalls = CrewCalls(request, world),
        ResourceId = request.Endpoint == FlexEndpoint.AddResource ? request.Route.ResourceId : null,
        CorrelationId = request.CorrelationId,
        HeaderNames = [.. request.Http.Headers.Keys.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal)],
        Body = Kind(request),
    };

    private static IReadOnlyList<string> CrewCalls(FlexRequest request, FlexWorld world)
    {
        if (request.Endpoint is FlexEndpoint.Delete or FlexEndpoint.BulkDelete)
        {
            return [.. DeleteLines.Asked(request)
                .Select(line => world.TryFindOwner(line, out var owner) ? owner : null)
                .OfType<string>()
                .Distinct(StringComparer.OrdinalIgnoreCase)];
        }
        if (request.Route.Id.Length == 0) return [];
        return [world.TryFindOwner(request.Route.Id, out var crewCall) ? crewCall : request.Route.Id];
    }

    private static BodyKind Kind(FlexRequest request) =>
        request.Body.Length == 0 ? BodyKind.None
        : request.IsForm ? BodyKind.Form
        : request.Http.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true ? BodyKind.Json
        : BodyKind.Other;
}
