namespace FlexSimulator;

/// <summary>What a method and a path ask for.</summary>
/// <param name="Endpoint">Unknown for anything that the API does not have.</param>
/// <param name="Id">The crew call or the line in the path.</param>
/// <param name="ResourceId">The resource in the path of add-resource.</param>
/// <param name="Allow">For a known path with another method: the methods it has.</param>
internal sealed record FlexRoute(FlexEndpoint Endpoint, string Id = "", string ResourceId = "", string? Allow = null)
{
    private static readonly FlexRoute Unknown = new(FlexEndpoint.Unknown);

    public static FlexRoute Match(string method, string path, string basePath)
    {
        if (!path.StartsWith(basePath + "/", StringComparison.OrdinalIgnoreCase)) return Unknown;
        var segments = path[(basePath.Length + 1)..].Split('/');
        return segments switch
        {
            ["line-item"] => Choose(method, "", delete: FlexEndpoint.BulkDelete),
            ["line-item", { Length: > 0 } id] => Choose(method, id, get: FlexEndpoint.Single, delete: FlexEndpoint.Delete),
            ["line-item", { Length: > 0 } id, "children"] => Choose(method, id, get: FlexEndpoint.Children),
            ["line-item", { Length: > 0 } id, "row-data", .. [] or [""]] =>
                Choose(method, id, get: FlexEndpoint.RowData, post: FlexEndpoint.SetRole),
            ["line-item", { Length: > 0 } id, "row-data", "findRowData"] => Choose(method, id, get: FlexEndpoint.FindRowData),
            ["line-item", { Length: > 0 } id, "add-resource", { Length: > 0 } resource] =>
                Choose(method, id, post: FlexEndpoint.AddResource) with { ResourceId = resource },
            ["element", { Length: > 0 } id, "line-items"] => Choose(method, id, get: FlexEndpoint.LineItems),
            _ => Unknown,
        };
    }

    private static FlexRoute Choose(
        string method,
        string id,
        FlexEndpoint get = FlexEndpoint.None,
        FlexEndpoint post = FlexEndpoint.None,
        FlexEndpoint delete = FlexEndpoint.None)
    {
        (string Method, FlexEndpoint Endpoint)[] choices = [("GET", get), ("POST", post), ("DELETE", delete)];
        var known = choices.Where(choice => choice.Endpoint != FlexEndpoint.None).ToArray();
        var chosen = known.FirstOrDefault(choice => choice.Method == method).Endpoint;
        return chosen == FlexEndpoint.None
            ? new FlexRoute(FlexEndpoint.Unknown, id, Allow: string.Join(", ", known.Select(choice => choice.Method)))
            : new FlexRoute(chosen, id);
    }
}
