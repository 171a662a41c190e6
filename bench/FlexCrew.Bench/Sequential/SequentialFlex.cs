using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlexCrew.Bench.Sequential;

/// <summary>A contact's line in a listing.</summary>
internal sealed record ScannedLine(Guid Line, string Resource);

/// <summary>The requests of the sequential client to Flex, each sent once.</summary>
internal sealed class SequentialFlex(HttpClient http, Uri baseUrl)
{
    private const string AllColumns =
        "codeList=contact&codeList=business-role&codeList=pickup-date&codeList=return-date&codeList=notes&codeList=quantity&codeList=status"
        + "&node=root";

    /// <summary>The lines that the crew call has; none where the answer cannot be read.</summary>
    public async Task<HashSet<Guid>> PresentLinesAsync(Guid element) =>
        [.. Rows(await GetAsync($"line-item/{element}/row-data/?codeList=contact&node=root")).Select(row => row.Line)];

    /// <summary>The contacts that the crew call has; none where the answer cannot be read.</summary>
    public async Task<IReadOnlyList<ScannedLine>> ScanAsync(Guid element) =>
        [.. Rows(await GetAsync($"element/{element}/line-items?{AllColumns}"))];

    /// <summary>Adds a contact: the id of its line, or null where the answer has none.</summary>
    public async Task<Guid?> AddAsync(Guid element, string resource, bool withForm)
    {
        var form = withForm
            ? new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["resourceParentId"] = "",
                ["managedResourceLineItemType"] = "contact",
                ["quantity"] = "1",
                ["parentLineItemId"] = "",
                ["nextSiblingId"] = "",
            })
            : null;
        var answer = await SendAsync(HttpMethod.Post, $"line-item/{element}/add-resource/{resource}", form);
        var added = answer is JsonObject told && told["addedResourceLineIds"] is JsonArray { Count: > 0 } ids ? ids[0] : null;
        return Guid.TryParse(added?.ToString(), out var line) ? line : null;
    }

    public Task SetRoleAsync(Guid element, Guid line, string role) => SendAsync(
        HttpMethod.Post,
        $"line-item/{element}/row-data/",
        JsonContent.Create(new { lineItemId = line, fieldType = "business-role", payloadValue = role }));

    public Task DeleteAsync(Guid line) => SendAsync(HttpMethod.Delete, $"line-item/{line}", null);

    public Task DeleteManyAsync(IReadOnlyList<Guid> lines) => SendAsync(
        HttpMethod.Delete,
        "line-item",
        new FormUrlEncodedContent(lines.Select(line => KeyValuePair.Create("lineItemIds", line.ToString()))));

    private Task<JsonNode?> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>The answer's JSON; null where there is none, or Flex failed.</summary>
    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(baseUrl, path)) { Content = content };
        try
        {
            using var response = await http.SendAsync(request);
            return response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync()) : null;
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<ScannedLine> Rows(JsonNode? node) => node switch
    {
        JsonArray rows => rows.SelectMany(Rows),
        JsonObject row when row["resourceId"] is { } resource && Guid.TryParse(row["id"]?.ToString(), out var line) =>
            Rows(row["children"]).Prepend(new ScannedLine(line, resource.ToString())),
        JsonObject row => Rows(row["children"]),
        _ => [],
    };
}
