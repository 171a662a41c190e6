namespace FlexSimulator;

/// <summary>DELETE of one line by its path, and of many by a form body.</summary>
internal static class DeleteLines
{
    private static readonly Dictionary<BulkDeleteKey, string> Keys = new()
    {
        [BulkDeleteKey.LineItemIds] = "lineItemIds",
        [BulkDeleteKey.LineItemId] = "lineItemId",
        [BulkDeleteKey.Ids] = "ids",
    };

    public static Answer One(FlexWorld world, FlexBehaviour behaviour, FlexRequest request)
    {
        var id = request.Route.Id;
        if (world.FindCrewCall(id) is not null) return Answer.Error(403, "An element cannot be deleted as a line item.");
        if (!Delete(world, behaviour, id)) return Answer.Error(404, $"Line item not found: {id}");
        return Done(behaviour, [id]);
    }

    public static Answer Many(FlexWorld world, FlexBehaviour behaviour, FlexRequest request)
    {
        if (!request.IsForm || request.Form.Count == 0) return Answer.Error(400, "No line items are given.");

        var key = Keys.GetValueOrDefault(behaviour.BulkDeleteKey);
        if (key is null || !request.Form.TryGetValue(key, out var given))
        {
            return behaviour.BulkDeleteOtherKeys == BulkDeleteOther.Refused
                ? Answer.Error(400, $"Unknown parameter: {request.Form.Keys.First()}")
                : Done(behaviour, []);
        }

        var ids = given.OfType<string>().ToArray();
        if (behaviour.BulkDeleteUnknownIds == BulkDeleteOther.Refused
            && ids.FirstOrDefault(id => world.FindLine(id) is null) is { } unknown)
            return Answer.Error(404, $"Line item not found: {unknown}");
        return Done(behaviour, [.. ids.Where(id => Delete(world, behaviour, id))]);
    }

    /// <summary>The lines that a request asks to delete, whatever its key.</summary>
    public static IEnumerable<string> Asked(FlexRequest request) => request.Endpoint switch
    {
        FlexEndpoint.Delete => [request.Route.Id],
        FlexEndpoint.BulkDelete => request.Form.Values.SelectMany(values => values.OfType<string>()),
        _ => [],
    };

    private static bool Delete(FlexWorld world, FlexBehaviour behaviour, string id) =>
        behaviour.DeletedLines == DeletedLines.Marked ? world.MarkDeleted(id) : world.FindLine(id) is not null && world.RemoveLine(id);

    private static Answer Done(FlexBehaviour behaviour, string[] deleted)
    {
        var answer = behaviour.DeleteStatus == 204
            ? Answer.Empty(204)
            : Answer.Text("{}", Answer.Json, behaviour.DeleteStatus);
        return answer with { Committed = deleted.Length > 0, LineIds = deleted };
    }
}
