using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlexSimulator;

namespace FlexCrew.IntegrationTests.Simulator;

/// <summary>A simulator of its own for each test, and a plain client that talks to it.</summary>
public abstract class SimulatorTest : IAsyncLifetime
{
    protected const string Role = "2916b300-c515-11ea-a087-2a0a4490a7fb";

    protected FlexSimulatorServer Flex { get; private set; } = null!;

    protected HttpClient Http { get; private set; } = null!;

    protected CrewCall CrewCall { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Flex = await FlexSimulatorServer.StartAsync(new FlexSimulatorOptions { Seed = 1 });
        Http = NewClient();
        CrewCall = Flex.World.CreateCrewCall();
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Flex.DisposeAsync();
    }

    protected static HttpClient NewClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };

    protected Uri Url(string path) => new(Flex.BaseUrl + path);

    protected Uri AddUrl(string resource) => Url($"/line-item/{CrewCall.Id}/add-resource/{resource}");

    protected Uri RowDataUrl(string query = "?codeList=contact&codeList=business-role&node=root") =>
        Url($"/line-item/{CrewCall.Id}/row-data/{query}");

    protected Task<HttpResponseMessage> AddAsync(string resource, string? correlationId = null, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, AddUrl(resource), new ByteArrayContent([]), correlationId, cancellation);

    protected Task<HttpResponseMessage> AddByFormAsync(string resource, params (string Key, string Value)[] changes)
    {
        var form = new Dictionary<string, string>
        {
            ["resourceParentId"] = "",
            ["managedResourceLineItemType"] = "contact",
            ["quantity"] = "1",
            ["parentLineItemId"] = "",
            ["nextSiblingId"] = "",
        };
        foreach (var (key, value) in changes) form[key] = value;
        return SendAsync(HttpMethod.Post, AddUrl(resource), new FormUrlEncodedContent(form));
    }

    protected Task<HttpResponseMessage> SetRoleAsync(string lineId, string? role, string fieldType = "business-role") =>
        SendAsync(HttpMethod.Post, RowDataUrl(""), JsonContent.Create(new { lineItemId = lineId, fieldType, payloadValue = role }));

    protected Task<HttpResponseMessage> DeleteAsync(string lineId, string? correlationId = null) =>
        SendAsync(HttpMethod.Delete, Url($"/line-item/{lineId}"), null, correlationId);

    protected Task<HttpResponseMessage> DeleteManyAsync(string key, params string[] lineIds) =>
        SendAsync(HttpMethod.Delete, Url("/line-item"), new FormUrlEncodedContent(lineIds.Select(id => KeyValuePair.Create(key, id))));

    protected async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri url, HttpContent? content, string? correlationId = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (correlationId is not null) request.Headers.Add("x-correlation-id", correlationId);
        return await Http.SendAsync(request, cancellation);
    }

    protected async Task<JsonNode?> GetJsonAsync(Uri url) => JsonNode.Parse(await Http.GetStringAsync(url));

    protected static async Task<JsonNode?> JsonOf(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync());
}
