using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlexCrew.Bench.Simulator;

/// <summary>A contact as the simulator has it.</summary>
internal sealed record Contact(Guid Line, string Resource, string? BusinessRole);

/// <summary>The control API of the simulator, which asks for no token and takes no latency.</summary>
internal sealed class SimulatorControl(HttpClient http, Uri flexBaseUrl)
{
    private readonly Uri root = new(flexBaseUrl, "/_control/");

    public Task AddCrewCallAsync(Guid element) => SendAsync(HttpMethod.Post, "crew-calls", new JsonObject { ["id"] = element });

    public Task AddContactAsync(Guid element, Guid line, string resource, string? businessRole) => SendAsync(
        HttpMethod.Post,
        $"crew-calls/{element}/lines",
        new JsonObject { ["id"] = line, ["resourceId"] = resource, ["businessRole"] = businessRole });

    public Task RemoveCrewCallAsync(Guid element) => SendAsync(HttpMethod.Delete, $"crew-calls/{element}");

    public async Task<IReadOnlyList<Contact>> ContactsAsync(Guid element)
    {
        var crewCall = await SendAsync(HttpMethod.Get, $"crew-calls/{element}");
        return
        [
            .. from line in crewCall["lines"]!.AsArray()
               let resource = (string?)line["resourceId"]
               where resource is not null
               select new Contact((Guid)line["id"]!, resource, (string?)line["businessRole"]),
        ];
    }

    /// <summary>From now on, requests take so long and meet this trouble.</summary>
    public async Task BehaveAsync(TimeSpan latency, Trouble trouble)
    {
        await SendAsync(HttpMethod.Delete, "faults");
        var behaviour = new JsonObject { ["latency"] = latency.TotalMilliseconds, ["rateLimit"] = null, ["maxConcurrency"] = null };
        foreach (var (key, value) in trouble.Behaviour) behaviour[key] = value!.DeepClone();
        await SendAsync(HttpMethod.Patch, "behaviour", behaviour);
        foreach (var rule in trouble.Faults) await SendAsync(HttpMethod.Post, "faults", rule!.DeepClone());
    }

    public Task ForgetRequestsAsync() => SendAsync(HttpMethod.Delete, "log");

    public async Task<RequestCounts> CountAsync() =>
        (await SendAsync(HttpMethod.Get, "metrics")).Deserialize<RequestCounts>(JsonSerializerOptions.Web)!;

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(root, path));
        if (body is not null) request.Content = JsonContent.Create(body);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{method} {path}: the simulator answered {(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}
