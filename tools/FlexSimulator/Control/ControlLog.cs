using System.Globalization;
using System.Text.Json;

namespace FlexSimulator;

/// <summary>The log and its counts.</summary>
internal sealed class ControlLog(RequestLog log)
{
    public object? Handle(ControlRequest request) => request switch
    {
        { Method: "GET", Path: ["log"] } => Select(request.Query),
        { Method: "DELETE", Path: ["log"] } => Clear(),
        { Method: "GET", Path: ["metrics"] } => log.Metrics,
        _ => null,
    };

    /// <summary>Filters: <c>endpoint</c>, <c>crewCall</c>, <c>correlationId</c>, <c>since</c> (a sequence), <c>last</c>.</summary>
    private LoggedRequest[] Select(IQueryCollection query)
    {
        IEnumerable<LoggedRequest> chosen = log.Requests;
        if (query["endpoint"].FirstOrDefault() is { } endpoint)
        {
            var wanted = JsonSerializer.Deserialize<FlexEndpoint>(JsonSerializer.Serialize(endpoint), ControlJson.Options);
            chosen = chosen.Where(request => (request.Endpoint & wanted) != 0);
        }
        if (query["crewCall"].FirstOrDefault() is { } crewCall)
            chosen = chosen.Where(request => request.CrewCalls.Contains(crewCall, StringComparer.OrdinalIgnoreCase));
        if (query["correlationId"].FirstOrDefault() is { } correlation)
            chosen = chosen.Where(request => request.CorrelationId == correlation);
        if (query["since"].FirstOrDefault() is { } since)
            chosen = chosen.Where(request => request.Sequence > long.Parse(since, CultureInfo.InvariantCulture));
        if (query["last"].FirstOrDefault() is { } last)
            chosen = chosen.TakeLast(int.Parse(last, CultureInfo.InvariantCulture));
        return [.. chosen];
    }

    private object Clear()
    {
        log.Clear();
        return new { ok = true };
    }
}
